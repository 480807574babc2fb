-- metric: members_by_education
-- title:  党员学历
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members
-- trace:  members = distinct person of roll
--
-- 期末党员名册上的党员按所填学历计数；直管、在职、流动分开，预备党员也在内，同一人只算一次。学历照名册所填，写法不同的各列一行，不替人归并；没有填的列在“未填”一行。

WITH
roll AS (
    SELECT community, batch, row, person, kind, COALESCE(education, '未填') AS education
    FROM core.member
    WHERE period_end = $period_end
),
totals AS (
    SELECT community, kind, education, COUNT(DISTINCT person) AS members
    FROM roll
    GROUP BY community, kind, education
)
SELECT
    community,
    kind,
    education,
    CAST(members AS BIGINT) AS members
FROM totals
ORDER BY
    community,
    CASE kind WHEN '直管' THEN 1 WHEN '在职' THEN 2 ELSE 3 END,
    CASE
        WHEN education = '未填' THEN 9
        WHEN STRPOS(education, '博士') > 0 THEN 1
        WHEN STRPOS(education, '硕士') > 0 OR STRPOS(education, '研究生') > 0 THEN 2
        WHEN STRPOS(education, '本科') > 0 OR education = '大学' THEN 3
        WHEN STRPOS(education, '大专') > 0 OR STRPOS(education, '专科') > 0 THEN 4
        WHEN STRPOS(education, '高中') > 0 OR STRPOS(education, '中专') > 0 OR STRPOS(education, '中技') > 0 OR STRPOS(education, '技校') > 0 THEN 5
        WHEN STRPOS(education, '初中') > 0 THEN 6
        WHEN STRPOS(education, '小学') > 0 THEN 7
        ELSE 8
    END,
    education
