-- metric: site_visits_by_month
-- title:  各月博客访问量
-- grain:  part
-- unit:   visits
-- basis:  台账
-- trace:  visits = sum visits of counted
-- trace:  articles = sum articles of counted
-- trace:  missing = count of counted where visits IS NULL
--
-- 社区博客、网站和公众号每个月的访问量和发文篇数，几个平台相加。访问量没有填的是缺数，不是零：整月都没有填的留空；几个平台里有没填的，访问量是填了的之和，缺几个另列。
-- 表上没有的月份不列出。

WITH
counted AS (
    SELECT community, SUBSTR(CAST(day AS VARCHAR), 1, 7) AS month, batch, row, visits, articles
    FROM core.site_visit
    WHERE period_start >= $period_start AND period_end <= $period_end
)
SELECT
    community,
    month,
    CAST(SUM(visits) AS BIGINT) AS visits,
    CAST(SUM(articles) AS BIGINT) AS articles,
    CAST(COUNT(*) FILTER (WHERE visits IS NULL) AS BIGINT) AS missing
FROM counted
GROUP BY community, month
ORDER BY community, month
