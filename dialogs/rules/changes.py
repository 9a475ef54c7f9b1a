"""What has changed between two versions of what somebody declared."""

from collections.abc import Sequence

from dialogs.facts import ChangeTold, PointTold


def changes(before: Sequence[PointTold], after: Sequence[PointTold]) -> Sequence[ChangeTold]:
    """Tell the points that are gone, new or different, by lineage."""
    old = {point.lineage: point for point in before}
    new = {point.lineage: point for point in after}
    gone = [ChangeTold(one, None) for key, one in old.items() if key not in new]
    come = [ChangeTold(None, one) for key, one in new.items() if key not in old]
    differ = [
        ChangeTold(old[key], one)
        for key, one in new.items()
        if key in old and said(old[key]) != said(one)
    ]
    return [*gone, *come, *differ]


def said(point: PointTold) -> tuple[object, ...]:
    """Take what the holder said of a point."""
    return (point.name, tuple(point.ways), point.likelihood, point.severity, point.declared)
