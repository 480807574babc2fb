-- metric: team_participation
-- title:  各队参与率
-- grain:  part
-- unit:   share
-- basis:  台账
-- persons: on_roll, took_part
-- trace:  on_roll = distinct person of roll
-- trace:  took_part = distinct volunteer of attended where (community, team, volunteer) IN (SELECT community, team, person FROM roll)
-- trace:  rate = took_part / on_roll
-- trace:  attendances = count of attended
-- trace:  activities = distinct day, activity of attended
-- trace:  hours = sum hours of attended
--
-- 在册是期末义工名册上本队的人数；参与是其中本期至少参加过一次本队活动的人数，一人只算一次；参与率是参与除以在册。
-- 人次是本队签到表上“出席”的行数，含名册上认不出的人；活动数按日期和活动名称，同一天同名的活动算一次；时长是这些行所填时长之和。
-- 签到表没有写明队伍的，不算作任何一队。请假和缺席不算参与。同名而无法分清的人、只有姓名又跨季度的人认不出来，不计入参与，但计入人次。
-- 不在期末名册上的队伍没有在册人数和参与率，留空，而不是算零。

WITH
roll AS (
    SELECT community, team, batch, row, person
    FROM core.volunteer
    WHERE period_end = $period_end
),
-- The signatures themselves, which the figures add up to.
attended AS (
    SELECT community, team, batch, row, day, activity, volunteer, hours
    FROM core.attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席' AND team IS NOT NULL
),
activities AS (
    SELECT community, team, day, activity, SUM(attendances) AS attendances, SUM(hours) AS hours
    FROM core.turnout
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
    GROUP BY community, team, day, activity
),
participants AS (
    SELECT DISTINCT community, team, person
    FROM core.service
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND team IS NOT NULL
),
roll_totals AS (
    SELECT roll.community, roll.team, COUNT(DISTINCT roll.person) AS on_roll, COUNT(DISTINCT participants.person) AS took_part
    FROM roll
    LEFT JOIN participants
        ON participants.community = roll.community
        AND participants.team = roll.team
        AND participants.person = roll.person
    GROUP BY roll.community, roll.team
),
attended_totals AS (
    SELECT community, team, COUNT(*) AS activities, SUM(attendances) AS attendances, SUM(hours) AS hours
    FROM activities
    GROUP BY community, team
),
teams AS (
    SELECT community, team FROM roll_totals
    UNION
    SELECT community, team FROM attended_totals
)
SELECT
    teams.community,
    teams.team,
    CAST(roll_totals.on_roll AS BIGINT) AS on_roll,
    CAST(roll_totals.took_part AS BIGINT) AS took_part,
    CAST(CAST(roll_totals.took_part AS DECIMAL(18, 10)) / NULLIF(roll_totals.on_roll, 0) AS DECIMAL(18, 10)) AS rate,
    CAST(COALESCE(attended_totals.attendances, 0) AS BIGINT) AS attendances,
    CAST(COALESCE(attended_totals.activities, 0) AS BIGINT) AS activities,
    CAST(COALESCE(attended_totals.hours, 0) AS DECIMAL(18, 2)) AS hours
FROM teams
LEFT JOIN roll_totals ON roll_totals.community = teams.community AND roll_totals.team = teams.team
LEFT JOIN attended_totals ON attended_totals.community = teams.community AND attended_totals.team = teams.team
ORDER BY teams.community, teams.team
