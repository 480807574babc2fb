-- metric: appraisal_grades
-- title:  民主评议等次
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members
-- trace:  members = distinct appraised_one of appraised
--
-- 本年民主评议表上各等次的人数：优秀、合格、基本合格、不合格；没有评定等次的（包括免评的）列在“未评定”，预备党员参加评议而不评定等次，列在“预备党员”。
-- 一人有几行的取先写的一行；表上认不出是谁的，一行算一人。在职党员的评议在工作单位，不计入。只有年度才有，各季度没有；没有交民主评议表的社区不列出。

WITH
lines AS (
    SELECT
        line.community,
        line.batch,
        line.row,
        COALESCE(line.member, 'row:' || CAST(line.batch AS VARCHAR) || ':' || CAST(line.row AS VARCHAR)) AS appraised_one,
        CASE WHEN COALESCE(line.standing, roll.standing) = '预备' THEN '预备党员' ELSE COALESCE(line.grade, '未评定') END AS grade
    FROM core.appraisal AS line
    LEFT JOIN core.member AS roll
        ON roll.community = line.community
        AND roll.period_end = line.period_end
        AND roll.person = line.member
    WHERE line.period_start >= $period_start AND line.period_end = $period_end
      AND (roll.kind IS NULL OR roll.kind <> '在职')
),
numbered AS (
    SELECT lines.*, ROW_NUMBER() OVER (PARTITION BY community, appraised_one ORDER BY batch, row) AS nth
    FROM lines
),
appraised AS (
    SELECT community, batch, row, appraised_one, grade
    FROM numbered
    WHERE nth = 1
)
SELECT
    community,
    grade,
    CAST(COUNT(*) AS BIGINT) AS members
FROM appraised
GROUP BY community, grade
ORDER BY
    community,
    CASE grade WHEN '优秀' THEN 1 WHEN '合格' THEN 2 WHEN '基本合格' THEN 3 WHEN '不合格' THEN 4 WHEN '预备党员' THEN 5 ELSE 6 END
