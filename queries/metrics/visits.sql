-- metric: visits
-- title:  帮扶走访
-- grain:  community
-- unit:   visits
-- basis:  台账
-- trace:  visits = count of visited
-- trace:  families = distinct family_key of visited
-- trace:  sponsored_families = distinct family_key of visited where sponsored = '是'
-- trace:  amount = sum amount of visited
-- trace:  goods_value = sum goods_value of visited
--
-- 只给出合计数：走访次数是帮扶走访台账的行数；户数按家庭算，走访几次都算一户；结对户数是其中写明已结对的；慰问金和慰问品折价各自相加。
-- 台账上的家庭只留下一个不能还原的记号，看不出是谁，也不按家庭列出。台账只写户主姓名的，两户户主同名会算成一户。
-- 一行都没有填金额的留空，不当作零。没有交帮扶走访台账的社区不列出。

WITH
visited AS (
    SELECT community, batch, row, family_key, sponsored, amount, goods_value
    FROM core.visit
    WHERE period_start >= $period_start AND period_end <= $period_end
)
SELECT
    community,
    CAST(COUNT(*) AS BIGINT) AS visits,
    CAST(COUNT(DISTINCT family_key) AS BIGINT) AS families,
    CAST(COUNT(DISTINCT family_key) FILTER (WHERE sponsored = '是') AS BIGINT) AS sponsored_families,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS amount,
    CAST(SUM(goods_value) AS DECIMAL(18, 2)) AS goods_value
FROM visited
GROUP BY community
ORDER BY community
