-- metric: volunteer_hours_per_head
-- title:  义工人均时长
-- grain:  community
-- unit:   hours
-- basis:  台账
-- trace:  hours = sum hours of served where (community, person) IN (SELECT community, person FROM persons)
-- trace:  took_part = distinct person of served where (community, person) IN (SELECT community, person FROM persons)
-- trace:  on_roll = distinct person of roll
-- trace:  per_participant = hours / took_part
-- trace:  per_volunteer = hours / on_roll
--
-- 时长是期末在册义工本期参加队伍活动、签到为出席的行所填时长之和；参与人均是时长除以其中至少参加过一次的人数，在册人均是时长除以期末义工名册上的人数，参加两个队的人都只算一人。
-- 签到表上认不出是谁的行、没有写明队伍的行不计，所以这里的时长可能少于“志愿服务参与率”里的时长。
-- 有人参加而一行时长都没有填的，时长和人均留空，不当作零。整期没有交过活动签到的社区也留空；没有人参加时没有参与人均。没有交义工名册的社区不列出。

WITH
roll AS (
    SELECT community, batch, row, person
    FROM core.volunteer
    WHERE period_end = $period_end
),
persons AS (
    SELECT DISTINCT community, person
    FROM roll
),
-- The signatures themselves, which the figures add up to.
served AS (
    SELECT community, batch, row, volunteer AS person, hours
    FROM core.attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席' AND team IS NOT NULL AND volunteer IS NOT NULL
),
participants AS (
    SELECT community, person, SUM(hours) AS hours
    FROM core.service
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND team IS NOT NULL
    GROUP BY community, person
),
registers AS (
    SELECT community, COUNT(*) AS sheets
    FROM core.batch
    WHERE kind = 'attendance'
      AND period_start >= $period_start AND period_end <= $period_end
    GROUP BY community
),
totals AS (
    SELECT
        persons.community,
        CASE
            WHEN MAX(registers.sheets) IS NULL THEN NULL
            WHEN COUNT(participants.person) = 0 THEN 0
            ELSE SUM(participants.hours)
        END AS hours,
        CASE WHEN MAX(registers.sheets) > 0 THEN COUNT(participants.person) END AS took_part,
        COUNT(*) AS on_roll
    FROM persons
    LEFT JOIN participants ON participants.community = persons.community AND participants.person = persons.person
    LEFT JOIN registers ON registers.community = persons.community
    GROUP BY persons.community
)
SELECT
    community,
    CAST(hours AS DECIMAL(18, 2)) AS hours,
    CAST(took_part AS BIGINT) AS took_part,
    CAST(on_roll AS BIGINT) AS on_roll,
    CAST(hours / NULLIF(took_part, 0) AS DECIMAL(18, 4)) AS per_participant,
    CAST(hours / NULLIF(on_roll, 0) AS DECIMAL(18, 4)) AS per_volunteer
FROM totals
ORDER BY community
