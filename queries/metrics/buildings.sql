-- metric: buildings
-- title:  居民楼栋数
-- grain:  community
-- unit:   buildings
-- basis:  台账
-- trace:  value = distinct building of homes
--
-- 期末住户登记表上出现过的楼栋数，同一楼栋只算一次。没有住户的楼栋表上没有，因此不算；
-- 同一栋楼写成两种名字（如“7栋”和“7号楼”）会算成两栋，请在表上统一写法。

WITH
homes AS (
    SELECT community, batch, row, building
    FROM core.household
    WHERE period_end = $period_end
)
SELECT
    community,
    CAST(COUNT(DISTINCT building) AS BIGINT) AS value
FROM homes
GROUP BY community
ORDER BY community
