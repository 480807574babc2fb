-- metric: conduct_by_kind
-- title:  加扣分、否决和免评
-- grain:  part
-- unit:   rows
-- basis:  台账
-- trace:  records = count of records
--
-- 本期加扣分台账上加分、扣分、一票否决、免评各有几笔，一行算一笔，全年是各季之和。这里只数笔数，不列姓名和事由，也不把分值相加。
-- 没有的类别不列出；没有交加扣分台账的社区不列出，而不是算零。

WITH
records AS (
    SELECT community, kind, batch, row
    FROM core.conduct
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
)
SELECT
    community,
    kind,
    CAST(COUNT(*) AS BIGINT) AS records
FROM records
GROUP BY community, kind
ORDER BY community, CASE kind WHEN '加分' THEN 1 WHEN '扣分' THEN 2 WHEN '一票否决' THEN 3 ELSE 4 END
