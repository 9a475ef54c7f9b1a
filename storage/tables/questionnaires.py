"""What people answered to questionnaires."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class QuestionnaireAnswer(SQLModel, table=True):
    """問卷答覆: what somebody answered to a version of a questionnaire; not who, by the day."""

    __tablename__ = "questionnaire_answer"
    __table_args__ = {"sqlite_with_rowid": False}
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    form: str = Field(index=True)
    version: str
    answered_on: date
    answers: dict[str, Any] = Field(sa_type=sa.JSON)
