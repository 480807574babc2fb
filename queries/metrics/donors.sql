-- metric: donors
-- title:  捐款人数与笔均
-- grain:  community
-- unit:   yuan
-- basis:  台账
-- trace:  donors = sum heads of given where nth = 1
-- trace:  anonymous_gifts = count of given where heads = 0
-- trace:  gifts = count of given
-- trace:  amount = sum amount of given
-- trace:  per_gift = amount / gifts
--
-- 捐款人数是捐款台账上署了名的人：同一姓名、同一单位本期捐几次都算一人，写法不同的算不同的人，以单位名义署名的算一个；写成某某夫妇、夫妻、伉俪的算两人，用顿号并列几个名字的算几人。
-- 没有写名字的，和写成匿名、无名氏、佚名、不具名、不留名、好心人、爱心人士、热心人、热心人士、热心居民、热心群众、爱心居民、爱心群众的，不知道是几个人，只按笔数另列。
-- 笔均是全部金额除以全部笔数，匿名的也在内。没有交捐款台账的社区不列出。

WITH
gifts AS (
    SELECT
        community,
        batch,
        row,
        donor,
        work_unit,
        amount,
        CASE
            WHEN donor IS NULL THEN 0
            WHEN STRPOS(donor, '匿名') > 0 OR STRPOS(donor, '不具名') > 0 OR STRPOS(donor, '不留名') > 0 THEN 0
            WHEN donor IN ('无名氏', '佚名', '好心人', '爱心人士', '热心人', '热心人士', '热心居民', '热心群众', '爱心居民', '爱心群众') THEN 0
            WHEN STRPOS(donor, '夫妇') > 0 OR STRPOS(donor, '夫妻') > 0 OR STRPOS(donor, '伉俪') > 0 THEN 2
            ELSE LENGTH(donor) - LENGTH(REPLACE(donor, '、', '')) + 1
        END AS heads
    FROM core.donation
    WHERE period_start >= $period_start AND period_end <= $period_end
),
given AS (
    SELECT
        community,
        batch,
        row,
        amount,
        heads,
        ROW_NUMBER() OVER (PARTITION BY community, donor, work_unit ORDER BY batch, row) AS nth
    FROM gifts
),
totals AS (
    SELECT
        community,
        COALESCE(SUM(heads) FILTER (WHERE nth = 1), 0) AS donors,
        COUNT(*) FILTER (WHERE heads = 0) AS anonymous_gifts,
        COUNT(*) AS gifts,
        SUM(amount) AS amount
    FROM given
    GROUP BY community
)
SELECT
    community,
    CAST(donors AS BIGINT) AS donors,
    CAST(anonymous_gifts AS BIGINT) AS anonymous_gifts,
    CAST(gifts AS BIGINT) AS gifts,
    CAST(amount AS DECIMAL(18, 2)) AS amount,
    CAST(amount / gifts AS DECIMAL(18, 4)) AS per_gift
FROM totals
ORDER BY community
