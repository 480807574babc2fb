-- kept: by community and period
--
-- One row for each volunteer, team and kind of activity of a period, where they
-- came: the sum of the hours that were written. team is that of the sheet, null
-- where it names none.

SELECT
    community,
    period_start,
    period_end,
    team,
    activity_kind,
    volunteer AS person,
    CAST(SUM(hours) AS DECIMAL(18, 2)) AS hours
FROM core.attendance
WHERE status = '出席' AND volunteer IS NOT NULL
GROUP BY community, period_start, period_end, team, activity_kind, volunteer
