-- metric: donation_member_share
-- title:  捐款人中的党员
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = sum heads of given where nth = 1 AND as_member = 1
-- trace:  whole = sum heads of given where nth = 1
-- trace:  value = part / whole
-- trace:  member_amount = sum amount of given where member = 1
-- trace:  amount = sum amount of given
-- trace:  amount_share = member_amount / amount
--
-- 署了名的捐款人里有多少是本社区的党员：姓名在同一季的党员名册上正好有一人的算党员；名册上有两人同名的，分不清是谁，不算；捐款台账没有证件号和电话，非党员与党员同名的也会算进来。
-- 怎样算一名捐款人与“捐款人数与笔均”相同，匿名的不在分子也不在分母。金额占比是这些党员所捐金额除以全部金额，匿名的在分母里。
-- 只算交了党员名册的季度的捐款；一份名册都没有交的社区不列出。

WITH
rolls AS (
    SELECT DISTINCT community, period_start, period_end
    FROM core.batch
    WHERE kind = 'member' AND period_start >= $period_start AND period_end <= $period_end
),
names AS (
    SELECT community, period_start, period_end, name
    FROM core.member
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
    GROUP BY community, period_start, period_end, name
    HAVING COUNT(*) = 1
),
gifts AS (
    SELECT
        gift.community,
        gift.batch,
        gift.row,
        gift.donor,
        gift.work_unit,
        gift.amount,
        CASE WHEN names.name IS NOT NULL THEN 1 ELSE 0 END AS member,
        CASE
            WHEN gift.donor IS NULL THEN 0
            WHEN STRPOS(gift.donor, '匿名') > 0 OR STRPOS(gift.donor, '不具名') > 0 OR STRPOS(gift.donor, '不留名') > 0 THEN 0
            WHEN gift.donor IN ('无名氏', '佚名', '好心人', '爱心人士', '热心人', '热心人士', '热心居民', '热心群众', '爱心居民', '爱心群众') THEN 0
            WHEN STRPOS(gift.donor, '夫妇') > 0 OR STRPOS(gift.donor, '夫妻') > 0 OR STRPOS(gift.donor, '伉俪') > 0 THEN 2
            ELSE LENGTH(gift.donor) - LENGTH(REPLACE(gift.donor, '、', '')) + 1
        END AS heads
    FROM core.donation AS gift
    JOIN rolls
        ON rolls.community = gift.community
        AND rolls.period_start = gift.period_start
        AND rolls.period_end = gift.period_end
    LEFT JOIN names
        ON names.community = gift.community
        AND names.period_start = gift.period_start
        AND names.period_end = gift.period_end
        AND names.name = gift.donor
    WHERE gift.period_start >= $period_start AND gift.period_end <= $period_end
),
given AS (
    SELECT
        community,
        batch,
        row,
        amount,
        heads,
        member,
        MAX(member) OVER (PARTITION BY community, donor, work_unit) AS as_member,
        ROW_NUMBER() OVER (PARTITION BY community, donor, work_unit ORDER BY batch, row) AS nth
    FROM gifts
),
totals AS (
    SELECT
        community,
        COALESCE(SUM(heads) FILTER (WHERE nth = 1 AND as_member = 1), 0) AS part,
        COALESCE(SUM(heads) FILTER (WHERE nth = 1), 0) AS whole,
        COALESCE(SUM(amount) FILTER (WHERE member = 1), 0) AS member_amount,
        SUM(amount) AS amount
    FROM given
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(member_amount AS DECIMAL(18, 2)) AS member_amount,
    CAST(amount AS DECIMAL(18, 2)) AS amount,
    CAST(CAST(member_amount AS DECIMAL(18, 2)) / NULLIF(amount, 0) AS DECIMAL(18, 10)) AS amount_share
FROM totals
ORDER BY community
