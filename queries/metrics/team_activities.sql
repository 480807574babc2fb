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
),
held AS (
    SELECT
        community,
        team,
        day,
        activity,
        COUNT(*) AS periods,
        SUM(attendances) AS attendances,
        MAX(volunteers) AS volunteers,
        SUM(hours) AS hours
    FROM core.turnout
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
    GROUP BY community, team, day, activity
),
-- What is written in the sheets of several periods.
spread AS (
    SELECT attended.community, attended.team, attended.day, attended.activity, COUNT(DISTINCT attended.volunteer) AS volunteers
    FROM attended
    JOIN held
        ON held.community = attended.community
        AND held.team = attended.team
        AND held.day = attended.day
        AND held.activity = attended.activity
    WHERE held.periods > 1
    GROUP BY attended.community, attended.team, attended.day, attended.activity
)
SELECT
    held.community,
    held.team,
    held.day,
    held.activity,
    CAST(held.attendances AS BIGINT) AS attendances,
    CAST(COALESCE(spread.volunteers, held.volunteers) AS BIGINT) AS volunteers,
    CAST(held.hours AS DECIMAL(18, 2)) AS hours
FROM held
LEFT JOIN spread
    ON spread.community = held.community
    AND spread.team = held.team
    AND spread.day = held.day
    AND spread.activity = held.activity
ORDER BY held.community, held.team, held.day, held.activity
