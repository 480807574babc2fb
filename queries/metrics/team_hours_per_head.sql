-- metric: team_hours_per_head
-- title:  各队人均时长
-- grain:  part
-- unit:   hours
-- basis:  台账
-- persons: took_part, on_roll
-- trace:  hours = sum hours of served where (community, team, person) IN (SELECT community, team, person FROM persons)
-- trace:  took_part = distinct person of served where (community, team, person) IN (SELECT community, team, person FROM persons)
-- trace:  on_roll = distinct person of roll
-- trace:  per_participant = hours / took_part
-- trace:  per_volunteer = hours / on_roll
--
-- 每个队：时长是期末在本队名册上的人本期参加本队活动、签到为出席的行所填时长之和；参与人均是时长除以其中至少参加过一次的人数，在册人均是时长除以本队名册上的人数。
-- 签到表上认不出是谁的行、别队来帮忙的人不计，所以这里的时长可能少于“各队参与率”里的时长。
-- 有人参加而一行时长都没有填的，时长和人均留空，不当作零。整期没有交过活动签到的社区也留空；没有人参加时没有参与人均。

WITH
roll AS (
    SELECT community, team, batch, row, person
    FROM core.volunteer
    WHERE period_end = $period_end
),
persons AS (
    SELECT DISTINCT community, team, person
    FROM roll
),
-- The signatures themselves, which the figures add up to.
served AS (
    SELECT community, team, batch, row, volunteer AS person, hours
    FROM core.attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席' AND team IS NOT NULL AND volunteer IS NOT NULL
),
participants AS (
    SELECT community, team, person, SUM(hours) AS hours
    FROM core.service
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND team IS NOT NULL
    GROUP BY community, team, person
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
        persons.team,
        CASE
            WHEN MAX(registers.sheets) IS NULL THEN NULL
            WHEN COUNT(participants.person) = 0 THEN 0
            ELSE SUM(participants.hours)
        END AS hours,
        CASE WHEN MAX(registers.sheets) > 0 THEN COUNT(participants.person) END AS took_part,
        COUNT(*) AS on_roll
    FROM persons
    LEFT JOIN participants
        ON participants.community = persons.community
        AND participants.team = persons.team
        AND participants.person = persons.person
    LEFT JOIN registers ON registers.community = persons.community
    GROUP BY persons.community, persons.team
)
SELECT
    community,
    team,
    CAST(hours AS DECIMAL(18, 2)) AS hours,
    CAST(took_part AS BIGINT) AS took_part,
    CAST(on_roll AS BIGINT) AS on_roll,
    CAST(hours / NULLIF(took_part, 0) AS DECIMAL(18, 4)) AS per_participant,
    CAST(hours / NULLIF(on_roll, 0) AS DECIMAL(18, 4)) AS per_volunteer
FROM totals
ORDER BY community, team
