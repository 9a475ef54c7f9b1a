"""Questionnaires that officers sent, and what people answered to them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from dialogs.vocabulary import QuestionnaireState
from storage.database import word


class Questionnaire(SQLModel, table=True):
    """問卷: a version of a questionnaire an officer sent; its workbook never changes.

    `roles` and `units` are whom it is for, empty for all; `due_on` is the last day to answer.
    """

    __table_args__ = (sa.UniqueConstraint("form", "version"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    form: str
    version: str
    title: str
    state: QuestionnaireState = Field(sa_type=word(QuestionnaireState), index=True)
    roles: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    units: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    due_on: date | None = None
    sent_by: UUID = Field(foreign_key="person.id")
    sent_on: date
    published_by: UUID | None = Field(default=None, foreign_key="person.id")
    published_on: date | None = None
    withdrawn_by: UUID | None = Field(default=None, foreign_key="person.id")
    withdrawn_on: date | None = None
    workbook: bytes


class QuestionnaireAnswer(SQLModel, table=True):
    """問卷答覆: what somebody answered to a version of a questionnaire; not who, by the day."""

    __tablename__ = "questionnaire_answer"
    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    form: str = Field(index=True)
    version: str
    answered_on: date
    answers: dict[str, Any] = Field(sa_type=sa.JSON)
