-- One row for each sheet that was ever received: in force (在用), replaced by a
-- later one of its slice (已替换), or taken back (已撤销).

SELECT
    community,
    period_start,
    period_end,
    batch,
    kind,
    part,
    file,
    sheet,
    uploader,
    received_on,
    accepted,
    state
FROM ops.receipt
