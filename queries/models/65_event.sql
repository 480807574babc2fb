-- kept: by community and period
--
-- One row for each activity that was held. Where a community handed in a log of
-- activities (活动台账) for a period, that is what was held, a line each; else the
-- sheets of attendance tell: what was signed on one day under one name is one
-- activity, and stands by its first line.
--
-- Ask with a bound on period_end from below too: the sheets of other periods are
-- not read then.

WITH
logged AS (
    SELECT DISTINCT community, period_start, period_end
    FROM ops.live
    WHERE kind = 'activity'
),
unlogged AS (
    SELECT live.community, live.period_start, live.period_end, live.batch
    FROM ops.live AS live
    LEFT JOIN logged
        ON logged.community = live.community
        AND logged.period_start = live.period_start
        AND logged.period_end = live.period_end
    WHERE live.kind = 'attendance' AND logged.community IS NULL
),
signed AS (
    SELECT
        unlogged.community,
        unlogged.period_start,
        unlogged.period_end,
        line.batch,
        MIN(line.row) AS row,
        line.day,
        line.activity,
        MIN(line.activity_kind) AS activity_kind
    FROM raw.attendance AS line
    JOIN unlogged ON unlogged.batch = line.batch
    WHERE COALESCE(line.status, '出席') = '出席'
    GROUP BY unlogged.community, unlogged.period_start, unlogged.period_end, line.batch, line.day, line.activity
),
numbered AS (
    SELECT
        community,
        period_start,
        period_end,
        batch,
        row,
        day,
        activity,
        MIN(activity_kind) OVER (PARTITION BY community, period_start, period_end, day, activity) AS activity_kind,
        ROW_NUMBER() OVER (PARTITION BY community, period_start, period_end, day, activity ORDER BY batch) AS nth
    FROM signed
)
SELECT community, period_start, period_end, batch, row, day, activity, activity_kind
FROM core.activity
UNION ALL
SELECT community, period_start, period_end, batch, row, day, activity, activity_kind
FROM numbered
WHERE nth = 1
