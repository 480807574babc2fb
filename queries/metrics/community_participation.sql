-- metric: community_participation
-- title:  志愿服务参与率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  teams = distinct team of roll
-- trace:  on_roll = distinct person of roll
-- trace:  took_part = distinct volunteer of attended where (community, volunteer) IN (SELECT community, person FROM roll)
-- trace:  rate = took_part / on_roll
-- trace:  attendances = count of attended
-- trace:  activities = distinct day, activity of attended
-- trace:  hours = sum hours of attended
--
-- 全社区的义工合在一起算：在册是期末义工名册上的人数，参加两个队的人只算一人；参与是其中本期至少参加过一次队伍活动的人数，不论是哪一队的活动；参与率是参与除以在册，不是各队参与率的平均。
-- 人次是写明队伍的签到表上“出席”的行数，活动数按日期和活动名称，几个队同一天一起办的同名活动算一次，因此可能少于各队之和；时长是这些行所填时长之和。
-- 没有写明队伍的签到表不计入。没有交义工名册的社区没有队数、在册人数和参与率，留空，而不是算零。

WITH
roll AS (
    SELECT community, batch, row, team, person
    FROM core.volunteer
    WHERE period_end = $period_end
),
-- The signatures themselves, which the figures add up to.
attended AS (
    SELECT community, batch, row, day, activity, volunteer, hours
    FROM core.attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席' AND team IS NOT NULL
),
activities AS (
    SELECT community, day, activity, SUM(attendances) AS attendances, SUM(hours) AS hours
    FROM core.turnout
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
    GROUP BY community, day, activity
),
participants AS (
    SELECT DISTINCT community, person
    FROM core.service
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND team IS NOT NULL
),
roll_totals AS (
    SELECT
        roll.community,
        COUNT(DISTINCT roll.team) AS teams,
        COUNT(DISTINCT roll.person) AS on_roll,
        COUNT(DISTINCT participants.person) AS took_part
    FROM roll
    LEFT JOIN participants
        ON participants.community = roll.community
        AND participants.person = roll.person
    GROUP BY roll.community
),
attended_totals AS (
    SELECT community, COUNT(*) AS activities, SUM(attendances) AS attendances, SUM(hours) AS hours
    FROM activities
    GROUP BY community
),
communities AS (
    SELECT community FROM roll_totals
    UNION
    SELECT community FROM attended_totals
)
SELECT
    communities.community,
    CAST(roll_totals.teams AS BIGINT) AS teams,
    CAST(roll_totals.on_roll AS BIGINT) AS on_roll,
    CAST(roll_totals.took_part AS BIGINT) AS took_part,
    CAST(CAST(roll_totals.took_part AS DECIMAL(18, 10)) / NULLIF(roll_totals.on_roll, 0) AS DECIMAL(18, 10)) AS rate,
    CAST(COALESCE(attended_totals.attendances, 0) AS BIGINT) AS attendances,
    CAST(COALESCE(attended_totals.activities, 0) AS BIGINT) AS activities,
    CAST(COALESCE(attended_totals.hours, 0) AS DECIMAL(18, 2)) AS hours
FROM communities
LEFT JOIN roll_totals ON roll_totals.community = communities.community
LEFT JOIN attended_totals ON attended_totals.community = communities.community
ORDER BY communities.community
