-- metric: appraisal_excellent
-- title:  民主评议优秀比例
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = distinct appraised_one of appraised where grade = '优秀'
-- trace:  whole = distinct appraised_one of appraised
-- trace:  value = part / whole
-- trace:  most = floor of whole / 3
-- trace:  room = most - part
--
-- 本年民主评议评为优秀的人数，占评定了等次的人数的比例。分母只算评定了等次的：预备党员不评等次，免评的、没有评定的都不在分母里；在职党员的评议在工作单位，不计入。
-- 优秀一般不超过三分之一，不超过就是往下取整：评定了 47 人的，最多 15 人。“最多”是这个数，“余额”是最多减优秀，负数就是超了几人。全镇的“最多”是各社区之和。
-- 一人有几行的取先写的一行；表上认不出是谁的，一行算一人。只有年度才有，各季度没有；没有评定过一个等次的社区不列出。

WITH
lines AS (
    SELECT
        line.community,
        line.batch,
        line.row,
        COALESCE(line.member, 'row:' || CAST(line.batch AS VARCHAR) || ':' || CAST(line.row AS VARCHAR)) AS appraised_one,
        COALESCE(line.standing, roll.standing) AS standing,
        line.grade
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
    WHERE nth = 1 AND grade IS NOT NULL AND (standing IS NULL OR standing <> '预备')
),
totals AS (
    SELECT community, COUNT(*) FILTER (WHERE grade = '优秀') AS part, COUNT(*) AS whole
    FROM appraised
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST((whole - whole % 3) / 3 AS BIGINT) AS most,
    CAST((whole - whole % 3) / 3 AS BIGINT) - CAST(part AS BIGINT) AS room
FROM totals
ORDER BY community
