-- metric: bodies
-- title:  社区组织
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members
-- trace:  members = distinct name, phone_key of seats
-- trace:  seats = count of seats
-- trace:  represented = distinct represents of seats
--
-- 期末组织架构表上的每个组织：成员按人算，一人在本组织担任两个职务只算一人，同名而电话不同的算两人；席位是行数；代表单位数是成员所代表的单位、界别有几个，没有填的不算。
-- 一个人在几个组织任职，在各组织都算，所以各组织的成员不能相加。没有交组织架构表的社区不列出。

WITH
seats AS (
    SELECT community, body, batch, row, name, phone_key, represents
    FROM core.body
    WHERE period_end = $period_end
),
persons AS (
    SELECT DISTINCT community, body, name, phone_key
    FROM seats
),
person_totals AS (
    SELECT community, body, COUNT(*) AS members
    FROM persons
    GROUP BY community, body
),
seat_totals AS (
    SELECT community, body, COUNT(*) AS seats, COUNT(DISTINCT represents) AS represented
    FROM seats
    GROUP BY community, body
)
SELECT
    seat_totals.community,
    seat_totals.body,
    CAST(person_totals.members AS BIGINT) AS members,
    CAST(seat_totals.seats AS BIGINT) AS seats,
    CAST(seat_totals.represented AS BIGINT) AS represented
FROM seat_totals
JOIN person_totals ON person_totals.community = seat_totals.community AND person_totals.body = seat_totals.body
ORDER BY seat_totals.community, seat_totals.body
