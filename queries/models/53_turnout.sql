-- kept: by community and period
--
-- One row for each activity of a team in a period: how often it was signed, by how
-- many volunteers of the roll, and for how many hours. Over several periods the
-- first and the last number add up; who signed in two of them is one volunteer.

SELECT
    community,
    period_start,
    period_end,
    team,
    day,
    activity,
    COUNT(*) AS attendances,
    COUNT(DISTINCT volunteer) AS volunteers,
    CAST(SUM(hours) AS DECIMAL(18, 2)) AS hours
FROM core.attendance
WHERE status = '出席' AND team IS NOT NULL
GROUP BY community, period_start, period_end, team, day, activity
