"""What of the catalogues concerns a post: the steps at which something can go wrong, its powers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.documents.on_file import NodeOnFile
from storage.catalogues.reading import approved
from storage.tables import Post, Power, PowerPost, Process, ProcessStep, RiskPoint


@dataclass(frozen=True)
class Node:
    """A step as papers show it, and the lineage of the risk point it refers to."""

    shown: NodeOnFile
    lineage: UUID | None

    def refers_to(self, point: RiskPoint) -> bool:
        """Say whether a step is about a risk point: it refers to it, or is called like it."""
        return self.lineage == point.lineage or self.shown.risk == point.name


def nodes_of(session: Session, posts: Collection[UUID]) -> Mapping[UUID, Sequence[Node]]:
    """Find the steps at risk of which posts are in charge, process by process."""
    rows = session.execute(
        sa.select(ProcessStep, col(Process.name), col(Post.title), col(RiskPoint.lineage))
        .join(Process, col(Process.id) == col(ProcessStep.process_id))
        .join(Post, col(Post.id) == col(ProcessStep.post_id))
        .join(RiskPoint, col(RiskPoint.id) == col(ProcessStep.risk_point_id), isouter=True)
        .where(approved(Process), col(ProcessStep.post_id).in_(posts), col(ProcessStep.risk) != "")
        .order_by(col(Process.code), col(ProcessStep.ordinal))
    )
    found: dict[UUID, list[Node]] = defaultdict(list)
    for step, process, post, lineage in rows:
        shown = NodeOnFile(
            process=process,
            number=step.ordinal,
            name=step.name,
            post=post,
            risk=step.risk,
            grade=step.grade,
            supervision=step.supervision,
        )
        found[step.post_id].append(Node(shown, lineage))
    return found


def powers_of(session: Session, post: UUID) -> Sequence[str]:
    """Name the powers in force that a post exercises."""
    return session.exec(
        select(Power.name)
        .join(PowerPost, col(PowerPost.power_id) == col(Power.id))
        .where(approved(Power), PowerPost.post_id == post)
        .order_by(col(Power.code))
    ).all()
