-- metric: community_stated
-- title:  社区自报数与台账数
-- grain:  part
-- unit:   items
-- basis:  台账
-- trace:  stated = sum stated of statements
-- trace:  counted = distinct what of registered
-- trace:  difference = stated - counted
--
-- 社区在《社区基本情况》里自己报的数，和各种台账期末数出来的数，逐项并列；差额是自报数减台账数。两个数不一样时照列，不判断哪个对，请核对。
-- 台账数的数法：住户和流动户按住户登记表一行一户，楼栋按表上出现过的楼栋；居民和流动人口是居民登记表上期末仍在册的人，一行一人；
-- 直管、在职、流动党员按党员名册，党小组按直管党员所填的组；志愿者按义工名册，一人在两个队只算一人，队伍按名册上的队名；
-- 驻区单位一行一个；治安协管员是工作人员表里职务或类别写明“协管”的人，工作人员是表里其余的人。
-- 社区没有报的项自报数留空，没有交那种台账的项台账数留空，都不算零；两个数都没有的项、没有交《社区基本情况》的社区不列出。

WITH
items AS (
    SELECT 1 AS number, '楼栋' AS item
    UNION ALL SELECT 2, '住户'
    UNION ALL SELECT 3, '居民'
    UNION ALL SELECT 4, '流动户'
    UNION ALL SELECT 5, '流动人口'
    UNION ALL SELECT 6, '驻区单位'
    UNION ALL SELECT 7, '工作人员'
    UNION ALL SELECT 8, '治安协管员'
    UNION ALL SELECT 9, '直管党员'
    UNION ALL SELECT 10, '党小组'
    UNION ALL SELECT 11, '在职党员'
    UNION ALL SELECT 12, '流动党员'
    UNION ALL SELECT 13, '志愿者'
    UNION ALL SELECT 14, '志愿队伍'
),
statements AS (
    SELECT
        said.community,
        items.number,
        items.item,
        said.batch,
        said.row,
        CASE items.item
            WHEN '楼栋' THEN said.buildings
            WHEN '住户' THEN said.households
            WHEN '居民' THEN said.residents
            WHEN '流动户' THEN said.floating_households
            WHEN '流动人口' THEN said.floating_residents
            WHEN '驻区单位' THEN said.units
            WHEN '工作人员' THEN said.staff
            WHEN '治安协管员' THEN said.security_helpers
            WHEN '直管党员' THEN said.members
            WHEN '党小组' THEN said.party_groups
            WHEN '在职党员' THEN said.serving_members
            WHEN '流动党员' THEN said.floating_members
            WHEN '志愿者' THEN said.volunteers
            WHEN '志愿队伍' THEN said.teams
        END AS stated
    FROM core.community AS said
    CROSS JOIN items
    WHERE said.period_end = $period_end
),
homes AS (
    SELECT community, batch, row, building, kind
    FROM core.household
    WHERE period_end = $period_end
),
people AS (
    SELECT community, batch, row, kind, present
    FROM core.resident
    WHERE period_end = $period_end
),
units AS (
    SELECT community, batch, row
    FROM core.unit
    WHERE period_end = $period_end
),
staff AS (
    SELECT community, batch, row, COALESCE(duty LIKE '%协管%' OR staff_kind LIKE '%协管%', FALSE) AS helps
    FROM core.staff
    WHERE period_end = $period_end
),
members AS (
    SELECT community, batch, row, person, kind, party_group
    FROM core.member
    WHERE period_end = $period_end
),
volunteers AS (
    SELECT community, batch, row, person, team
    FROM core.volunteer
    WHERE period_end = $period_end
),
home_totals AS (
    SELECT
        community,
        COUNT(DISTINCT building) AS buildings,
        COUNT(*) AS households,
        COUNT(*) FILTER (WHERE kind = '流动') AS floating_households
    FROM homes
    GROUP BY community
),
people_totals AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE present) AS residents,
        COUNT(*) FILTER (WHERE present AND kind = '流动') AS floating_residents
    FROM people
    GROUP BY community
),
unit_totals AS (
    SELECT community, COUNT(*) AS units
    FROM units
    GROUP BY community
),
staff_totals AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE NOT helps) AS staff,
        COUNT(*) FILTER (WHERE helps) AS security_helpers
    FROM staff
    GROUP BY community
),
member_totals AS (
    SELECT
        community,
        COUNT(DISTINCT CASE WHEN kind = '直管' THEN person END) AS members,
        COUNT(DISTINCT CASE WHEN kind = '直管' THEN party_group END) AS party_groups,
        COUNT(DISTINCT CASE WHEN kind = '在职' THEN person END) AS serving_members,
        COUNT(DISTINCT CASE WHEN kind = '流动' THEN person END) AS floating_members
    FROM members
    GROUP BY community
),
volunteer_totals AS (
    SELECT community, COUNT(DISTINCT person) AS volunteers, COUNT(DISTINCT team) AS teams
    FROM volunteers
    GROUP BY community
),
compared AS (
    SELECT
        statements.community,
        statements.number,
        statements.item,
        statements.stated,
        CASE statements.item
            WHEN '楼栋' THEN home_totals.buildings
            WHEN '住户' THEN home_totals.households
            WHEN '居民' THEN people_totals.residents
            WHEN '流动户' THEN home_totals.floating_households
            WHEN '流动人口' THEN people_totals.floating_residents
            WHEN '驻区单位' THEN unit_totals.units
            WHEN '工作人员' THEN staff_totals.staff
            WHEN '治安协管员' THEN staff_totals.security_helpers
            WHEN '直管党员' THEN member_totals.members
            WHEN '党小组' THEN member_totals.party_groups
            WHEN '在职党员' THEN member_totals.serving_members
            WHEN '流动党员' THEN member_totals.floating_members
            WHEN '志愿者' THEN volunteer_totals.volunteers
            WHEN '志愿队伍' THEN volunteer_totals.teams
        END AS counted
    FROM statements
    LEFT JOIN home_totals ON home_totals.community = statements.community
    LEFT JOIN people_totals ON people_totals.community = statements.community
    LEFT JOIN unit_totals ON unit_totals.community = statements.community
    LEFT JOIN staff_totals ON staff_totals.community = statements.community
    LEFT JOIN member_totals ON member_totals.community = statements.community
    LEFT JOIN volunteer_totals ON volunteer_totals.community = statements.community
),
lines AS (
    SELECT community, '住户' AS item, batch, row FROM homes
    UNION ALL SELECT community, '居民', batch, row FROM people WHERE present
    UNION ALL SELECT community, '流动户', batch, row FROM homes WHERE kind = '流动'
    UNION ALL SELECT community, '流动人口', batch, row FROM people WHERE present AND kind = '流动'
    UNION ALL SELECT community, '驻区单位', batch, row FROM units
    UNION ALL SELECT community, '工作人员', batch, row FROM staff WHERE NOT helps
    UNION ALL SELECT community, '治安协管员', batch, row FROM staff WHERE helps
),
registered AS (
    SELECT community, item, batch, row, CAST(batch AS VARCHAR) || ':' || CAST(row AS VARCHAR) AS what FROM lines
    UNION ALL SELECT community, '楼栋', batch, row, building FROM homes
    UNION ALL SELECT community, kind || '党员', batch, row, person FROM members
    UNION ALL SELECT community, '党小组', batch, row, party_group FROM members WHERE kind = '直管'
    UNION ALL SELECT community, '志愿者', batch, row, person FROM volunteers
    UNION ALL SELECT community, '志愿队伍', batch, row, team FROM volunteers
)
SELECT
    community,
    item,
    CAST(stated AS BIGINT) AS stated,
    CAST(counted AS BIGINT) AS counted,
    CAST(stated - counted AS BIGINT) AS difference
FROM compared
WHERE stated IS NOT NULL OR counted IS NOT NULL
ORDER BY community, number
