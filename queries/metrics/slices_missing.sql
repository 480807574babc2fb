-- metric: slices_missing
-- title:  缺交的表
-- grain:  part
-- unit:   sheets
-- basis:  台账
-- trace:  before = count of handed_before
-- trace:  others = distinct other of offered
--
-- 本期没有交、而上一期自己交过或同期别的社区交了的表：上期交了几张，同期有几个社区交了。按季报的表比上一季，按年报的表比上一年；看全年时，各季缺的分别列出。
-- 本来就没有的（例如没有人捐款）也会列出，请核对后不必理会。大家都没有交过的表看不出缺，不列出；本期和上一期都没有交过任何表的社区也不列出。

WITH
batches AS (
    SELECT
        community,
        kind,
        period_start,
        period_end,
        batch,
        NULL AS row,
        period_end <= period_start + INTERVAL '6' MONTH AS quarterly
    FROM core.batch
    WHERE period_end = $period_start
       OR period_start >= $period_start AND period_end <= $period_end
),
offered AS (
    SELECT community AS other, kind, period_start, period_end, batch, row
    FROM batches
    WHERE period_start >= $period_start
),
periods AS (
    SELECT DISTINCT period_start, period_end, quarterly
    FROM batches
    WHERE period_start >= $period_start
),
handed_before AS (
    SELECT
        batches.community,
        batches.kind,
        periods.period_start,
        periods.period_end,
        batches.batch,
        batches.row
    FROM batches
    JOIN periods ON periods.period_start = batches.period_end AND periods.quarterly = batches.quarterly
),
before_totals AS (
    SELECT community, kind, period_start, period_end, COUNT(*) AS sheets
    FROM handed_before
    GROUP BY community, kind, period_start, period_end
),
offered_totals AS (
    SELECT kind, period_start, period_end, COUNT(DISTINCT other) AS communities
    FROM offered
    GROUP BY kind, period_start, period_end
),
communities AS (
    SELECT DISTINCT community
    FROM batches
),
due AS (
    SELECT communities.community, offered_totals.kind, offered_totals.period_start, offered_totals.period_end
    FROM communities
    CROSS JOIN offered_totals
    UNION
    SELECT community, kind, period_start, period_end
    FROM before_totals
),
handed AS (
    SELECT DISTINCT other AS community, kind, period_start, period_end
    FROM offered
)
SELECT
    due.community,
    due.kind,
    due.period_start,
    due.period_end,
    CAST(COALESCE(before_totals.sheets, 0) AS BIGINT) AS before,
    CAST(COALESCE(offered_totals.communities, 0) AS BIGINT) AS others
FROM due
LEFT JOIN handed
    ON handed.community = due.community
    AND handed.kind = due.kind
    AND handed.period_start = due.period_start
    AND handed.period_end = due.period_end
LEFT JOIN before_totals
    ON before_totals.community = due.community
    AND before_totals.kind = due.kind
    AND before_totals.period_start = due.period_start
    AND before_totals.period_end = due.period_end
LEFT JOIN offered_totals
    ON offered_totals.kind = due.kind
    AND offered_totals.period_start = due.period_start
    AND offered_totals.period_end = due.period_end
WHERE handed.community IS NULL
ORDER BY due.community, due.period_end, due.period_start, due.kind
