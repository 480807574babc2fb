-- Every sheet that was received, whatever became of it, now or as of the
-- connection's variable as_of. A day is one of Beijing's.
CREATE VIEW ops.receipt AS
WITH
known AS (
    SELECT * FROM ops.slice_event
    WHERE made_at <= COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-31')
)
SELECT id AS batch, kind, community, period_start, period_end, part, file, sheet, uploader,
       CAST(received_at + INTERVAL 8 HOUR AS DATE) AS received_on, accepted,
       CASE WHEN id IN (SELECT batch FROM ops.live) THEN '在用'
            WHEN id IN (SELECT batch FROM known WHERE action = 'undo') THEN '已撤销'
            ELSE '已替换' END AS state
FROM ops.batch
WHERE id IN (SELECT batch FROM known WHERE action = 'load');
