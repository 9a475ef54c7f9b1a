"""What has changed between two versions of what somebody declared."""

from collections.abc import Sequence

from dialogs.facts import ChangeTold, PointTold


def changes(before: Sequence[PointTold], after: Sequence[PointTold]) -> Sequence[ChangeTold]:
    """Tell the points that are new, gone or different, by lineage."""
    old = {point.lineage: point for point in before}
    new = {point.lineage: point for point in after}
    gone = [ChangeTold(one.name, text_of(one), "") for key, one in old.items() if key not in new]
    come = [ChangeTold(one.name, "", text_of(one)) for key, one in new.items() if key not in old]
    differ = [
        change(old[key], one)
        for key, one in new.items()
        if key in old and said(old[key]) != said(one)
    ]
    return [*gone, *come, *differ]


def change(before: PointTold, after: PointTold) -> ChangeTold:
    """Tell how one point was and is; its grade only where it is another."""
    regraded = before.declared is not after.declared
    return ChangeTold(
        after.name,
        text_of(before),
        text_of(after),
        before.declared if regraded else None,
        after.declared if regraded else None,
    )


def said(point: PointTold) -> tuple[object, ...]:
    """Take what the holder said of a point."""
    return (point.name, tuple(point.ways), point.likelihood, point.severity, point.declared)


def text_of(point: PointTold) -> str:
    """Write how a point shows and what is done about it in one line."""
    return "；".join(f"{way.manifestation} → {way.measure}" for way in point.ways)
