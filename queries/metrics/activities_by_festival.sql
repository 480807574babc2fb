-- metric: activities_by_festival
-- title:  节日活动
-- grain:  part
-- unit:   activities
-- basis:  台账
-- trace:  activities = count of celebrated
--
-- 本期举办的活动里，名称带有节日字样的，按节日计数；怎样算一次活动与“各类活动”相同。只看名称，不看日期：节日当天办的、名称没有提到节日的活动不算。
-- 认的字样是：元旦，腊八，春节、迎春、新春，元宵，学雷锋、雷锋，三八、妇女节，植树，清明，五一、劳动节，五四、青年节，端午，六一、儿童节，七一、建党，八一、建军，七夕，教师节，中秋，国庆，重阳，宪法，冬至。
-- 名称里有两个节日的，两边各算一次，所以各行相加可能多于活动数。没有节日活动的节日不列出。

WITH
words AS (
    SELECT 1 AS place, '元旦' AS festival, '元旦' AS word
    UNION ALL SELECT 2, '腊八', '腊八'
    UNION ALL SELECT 3, '春节', '春节'
    UNION ALL SELECT 3, '春节', '迎春'
    UNION ALL SELECT 3, '春节', '新春'
    UNION ALL SELECT 4, '元宵', '元宵'
    UNION ALL SELECT 5, '学雷锋', '雷锋'
    UNION ALL SELECT 6, '三八妇女节', '三八'
    UNION ALL SELECT 6, '三八妇女节', '妇女节'
    UNION ALL SELECT 7, '植树节', '植树'
    UNION ALL SELECT 8, '清明', '清明'
    UNION ALL SELECT 9, '五一', '五一'
    UNION ALL SELECT 9, '五一', '劳动节'
    UNION ALL SELECT 10, '五四', '五四'
    UNION ALL SELECT 10, '五四', '青年节'
    UNION ALL SELECT 11, '端午', '端午'
    UNION ALL SELECT 12, '六一', '六一'
    UNION ALL SELECT 12, '六一', '儿童节'
    UNION ALL SELECT 13, '七一', '七一'
    UNION ALL SELECT 13, '七一', '建党'
    UNION ALL SELECT 14, '八一', '八一'
    UNION ALL SELECT 14, '八一', '建军'
    UNION ALL SELECT 15, '七夕', '七夕'
    UNION ALL SELECT 16, '教师节', '教师节'
    UNION ALL SELECT 17, '中秋', '中秋'
    UNION ALL SELECT 18, '国庆', '国庆'
    UNION ALL SELECT 19, '重阳', '重阳'
    UNION ALL SELECT 20, '宪法日', '宪法'
    UNION ALL SELECT 21, '冬至', '冬至'
),
held AS (
    SELECT community, activity, batch, row
    FROM core.event
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
),
celebrated AS (
    SELECT DISTINCT held.community, held.batch, held.row, words.place, words.festival
    FROM held
    JOIN words ON STRPOS(held.activity, words.word) > 0
),
totals AS (
    SELECT community, place, festival, COUNT(*) AS activities
    FROM celebrated
    GROUP BY community, place, festival
)
SELECT
    community,
    festival,
    CAST(activities AS BIGINT) AS activities
FROM totals
ORDER BY community, place
