-- metric: card_coverage
-- title:  便民卡发放覆盖率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = distinct building, unit, room of delivered where room IS NOT NULL
-- trace:  whole = count of homes
-- trace:  value = part / whole
-- trace:  copies = sum copies of delivered
-- trace:  unplaced = count of delivered where room IS NULL
--
-- 本期发到便民卡的户数除以期末住户登记表上的户数。发到的户按楼栋、单元、门牌号算，同一户发几次、发几份都算一户；没有写门牌号的行不知道是哪一户，不算发到，行数另列。
-- 份数是各行所填份数之和。两张表上门牌的写法不必相同，这里只比户数；覆盖率超过 100% 的，请核对门牌是否重复或住户是否漏登。
-- 没有交住户登记表的社区没有覆盖率；没有交便民卡发放表的社区不列出，而不是算零。

WITH
homes AS (
    SELECT community, batch, row
    FROM core.household
    WHERE period_end = $period_end
),
delivered AS (
    SELECT community, batch, row, building, unit, room, copies
    FROM core.card_delivery
    WHERE period_start >= $period_start AND period_end <= $period_end
),
served AS (
    SELECT DISTINCT community, building, unit, room
    FROM delivered
    WHERE room IS NOT NULL
),
household_totals AS (
    SELECT community, COUNT(*) AS whole
    FROM homes
    GROUP BY community
),
served_totals AS (
    SELECT community, COUNT(*) AS part
    FROM served
    GROUP BY community
),
totals AS (
    SELECT community, SUM(copies) AS copies, COUNT(*) FILTER (WHERE room IS NULL) AS unplaced
    FROM delivered
    GROUP BY community
)
SELECT
    totals.community,
    CAST(COALESCE(served_totals.part, 0) AS BIGINT) AS part,
    CAST(household_totals.whole AS BIGINT) AS whole,
    CAST(CAST(COALESCE(served_totals.part, 0) AS DECIMAL(18, 10)) / NULLIF(household_totals.whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(totals.copies AS BIGINT) AS copies,
    CAST(totals.unplaced AS BIGINT) AS unplaced
FROM totals
LEFT JOIN served_totals ON served_totals.community = totals.community
LEFT JOIN household_totals ON household_totals.community = totals.community
ORDER BY totals.community
