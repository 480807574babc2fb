-- One row for each month and site of a community (社区博客访问). day is the first
-- of the month; visits that nobody wrote down are null.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.day,
    line.site,
    CAST(line.visits AS BIGINT) AS visits,
    CAST(line.articles AS BIGINT) AS articles
FROM raw.site_visit AS line
JOIN ops.live AS live ON live.batch = line.batch
