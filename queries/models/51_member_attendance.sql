-- kept: by community and period
--
-- One row for each line of a sign-in sheet that names a member for sure: the lines
-- of core.attendance that figures of members are about.

SELECT
    community,
    period_start,
    period_end,
    batch,
    row,
    day,
    activity,
    activity_kind,
    name,
    member,
    status,
    hours
FROM core.attendance
WHERE member IS NOT NULL
