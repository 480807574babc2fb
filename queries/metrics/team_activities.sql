-- metric: team_activities
-- title:  各队活动
-- grain:  part
-- unit:   attendances
-- basis:  台账
-- persons: volunteers
-- trace:  attendances = count of attended
-- trace:  volunteers = distinct volunteer of attended
-- trace:  hours = sum hours of attended
--
-- 本期每个队的每一次活动，以写明队伍的签到表为准，同一天同名的活动算一次。人次是签到为出席的行数；人数是其中认得出是义工名册上的人，一人只算一次，别队来帮忙的也算。
-- 时长是这些行所填时长之和，一行都没有填的留空。没有人出席的活动不列出。

WITH
attended AS (
    SELECT community, team, day, activity, batch, row, volunteer, hours
    FROM core.attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席' AND team IS NOT NULL
)
SELECT
    community,
    team,
    day,
    activity,
    CAST(COUNT(*) AS BIGINT) AS attendances,
    CAST(COUNT(DISTINCT volunteer) AS BIGINT) AS volunteers,
    CAST(SUM(hours) AS DECIMAL(18, 2)) AS hours
FROM attended
GROUP BY community, team, day, activity
ORDER BY community, team, day, activity
