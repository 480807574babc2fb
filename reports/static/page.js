"use strict";
// Draws each chart from the data block beside it. Colours are the style
// sheet's variables, so the dark variant and paper need no second drawing.
(() => {
  const family = getComputedStyle(document.body).fontFamily;
  const ink = "var(--ink)", second = "var(--second)", line = "var(--line)";
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: second, fontSize: 12, lineHeight: 16, fontFamily: family },
    splitLine: { lineStyle: { color: line } },
  };
  const theme = {
    textStyle: { color: ink, fontFamily: family, fontSize: 12 },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    line: { emphasis: { disabled: true } },
    bar: { emphasis: { disabled: true } },
    heatmap: { emphasis: { disabled: true }, itemStyle: { borderColor: "var(--ground)", borderWidth: 1 } },
  };

  const charts = [...document.querySelectorAll(".chart")].map((place) => {
    const { option, heads, tips } = JSON.parse(document.getElementById(place.id + "-data").textContent);
    Object.assign(option.tooltip, {
      renderMode: "richText", confine: true,
      axisPointer: { type: option.series[0].type === "line" ? "line" : "none", lineStyle: { color: line, type: "solid" } },
      backgroundColor: "var(--ground)", borderColor: second, borderWidth: 1, padding: [8, 12],
      textStyle: { color: ink, fontFamily: family, fontSize: 12, lineHeight: 18 },
      formatter: (points) => {
        points = [].concat(points);
        const said = points.map((p) => tips[p.seriesIndex][p.dataIndex]).filter(Boolean);
        return said.length ? [heads[points[0].dataIndex], ...said].join("\n") : "";
      },
    });
    // Steps of value axes are given; go-echarts has no other name for them.
    for (const a of option.yAxis) if (a.minInterval) a.interval = a.minInterval;
    const chart = echarts.init(place, theme, { renderer: "svg" });
    chart.setOption(option);
    return chart;
  });

  const fit = () => charts.forEach((chart) => { chart.resize(); chart.getZr().flush(); });
  let wide = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== wide) { wide = innerWidth; fit(); } });
  // Paper is narrower than the screen: lay out for it first, then draw.
  const paper = (on) => () => { document.documentElement.classList.toggle("paper", on); fit(); };
  addEventListener("beforeprint", paper(true));
  addEventListener("afterprint", paper(false));
})();
