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
    tree: { emphasis: { disabled: true } },
    radar: { axisName: { color: second, fontSize: 12, fontFamily: family } },
    heatmap: { emphasis: { disabled: true }, itemStyle: { borderColor: "var(--ground)", borderWidth: 1 } },
  };

  // What each drawn place holds.
  const charts = new Map();
  const draw = (place) => {
    const { option, heads, tips } = JSON.parse(document.getElementById(place.id + "-data").textContent);
    Object.assign(option.tooltip, {
      renderMode: "richText", confine: true,
      axisPointer: { type: option.series[0].type === "line" ? "line" : "none", lineStyle: { color: line, type: "solid" } },
      backgroundColor: "var(--ground)", borderColor: second, borderWidth: 1, padding: [8, 12],
      textStyle: { color: ink, fontFamily: family, fontSize: 12, lineHeight: 18 },
      formatter: (points) => {
        points = [].concat(points);
        // A point of a tree has its words with it.
        if (points[0].data && points[0].data.tip) return points[0].data.tip;
        const said = points.map((p) => tips[p.seriesIndex][p.dataIndex]).filter(Boolean);
        return said.length ? [heads[points[0].dataIndex], ...said].join("\n") : "";
      },
    });
    // Steps of value axes are given; go-echarts has no other name for them.
    for (const a of option.yAxis || []) if (a.minInterval) a.interval = a.minInterval;
    const chart = echarts.init(place, theme, { renderer: "svg" });
    chart.setOption(option);
    charts.set(place, chart);
  };
  const shown = () => [...document.querySelectorAll("article:not([hidden]) .chart")];
  const fit = () => shown().forEach((place) => { charts.get(place).resize(); charts.get(place).getZr().flush(); });

  // The page holds several quarters and shows one; another is drawn when it is
  // first looked at.
  const turn = (quarter) => {
    for (const part of document.querySelectorAll("[data-quarter]"))
      if (part.localName === "style") part.media = part.dataset.quarter === quarter ? "all" : "not all";
      else part.hidden = part.dataset.quarter !== quarter;
    for (const place of shown()) if (!charts.has(place)) draw(place);
    fit();
  };
  const picker = document.querySelector(".picker");
  if (picker) {
    picker.hidden = false;
    picker.addEventListener("change", (event) => turn(event.target.value));
    // A browser that comes back to the page remembers what was picked.
    addEventListener("pageshow", () => turn(picker.querySelector(":checked").value));
  }
  shown().forEach(draw);

  let wide = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== wide) { wide = innerWidth; fit(); } });
  // Paper is narrower than the screen: lay out for it first, then draw.
  const paper = (on) => () => { document.documentElement.classList.toggle("paper", on); fit(); };
  addEventListener("beforeprint", paper(true));
  addEventListener("afterprint", paper(false));
})();
