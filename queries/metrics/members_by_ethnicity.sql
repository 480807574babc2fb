-- metric: members_by_ethnicity
-- title:  党员民族
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members
-- trace:  members = distinct person of roll
--
-- 期末党员名册上的党员按所填民族计数，人数多的在前；直管、在职、流动分开，预备党员也在内，同一人只算一次。“汉”和“汉族”算一个民族；没有填的列在“未填”一行。

WITH
roll AS (
    SELECT
        community,
        batch,
        row,
        person,
        kind,
        CASE
            WHEN ethnicity IS NULL THEN '未填'
            WHEN STRPOS(ethnicity, '族') > 0 OR ethnicity IN ('其他', '其它') THEN ethnicity
            ELSE ethnicity || '族'
        END AS ethnicity
    FROM core.member
    WHERE period_end = $period_end
),
totals AS (
    SELECT community, kind, ethnicity, COUNT(DISTINCT person) AS members
    FROM roll
    GROUP BY community, kind, ethnicity
)
SELECT
    community,
    kind,
    ethnicity,
    CAST(members AS BIGINT) AS members
FROM totals
ORDER BY
    community,
    CASE kind WHEN '直管' THEN 1 WHEN '在职' THEN 2 ELSE 3 END,
    CASE WHEN ethnicity = '未填' THEN 1 ELSE 0 END,
    members DESC,
    ethnicity
