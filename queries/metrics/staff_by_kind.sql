-- metric: staff_by_kind
-- title:  各类工作人员
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: persons
-- trace:  persons = count of listed
--
-- 期末工作人员名册上的人按人员类别计数，一行算一人；同名的两人是两人。类别以所填为准，没有填的列在“未填”一行。
-- 人多的类别排在前面。没有交工作人员名册的社区不列出。

WITH
listed AS (
    SELECT community, COALESCE(staff_kind, '未填') AS staff_kind, batch, row
    FROM core.staff
    WHERE period_end = $period_end
),
totals AS (
    SELECT community, staff_kind, COUNT(*) AS persons
    FROM listed
    GROUP BY community, staff_kind
)
SELECT
    community,
    staff_kind,
    CAST(persons AS BIGINT) AS persons
FROM totals
ORDER BY community, persons DESC, staff_kind
