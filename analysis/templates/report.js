// Draws the charts of the report: each figure holds its specification, with data as columns.
"use strict";

const ROOM = 62;  // pixels beside a chart of rows: its menu, and half a label of its axis

/** Records of a table given as columns; texts are positions in a list of texts. */
function records({columns}) {
  const read = Object.entries(columns).map(([name, values]) =>
    Array.isArray(values) ? [name, values] : [name, values.at.map(place => values.of[place])]);
  return read.length ? read[0][1].map((_, row) => Object.fromEntries(read.map(([name, values]) => [name, values[row]]))) : [];
}

/** Shows the definition of what is chosen, and follows the choice. */
function define(view, texts, place) {
  for (const [parameter, sentences] of Object.entries(texts)) {
    const show = (_, value) => { place.textContent = sentences[value] ?? ""; };
    show(parameter, view.signal(parameter));
    view.addSignalListener(parameter, show);
  }
}

async function draw(figure) {
  const {spec, definitions} = JSON.parse(figure.querySelector("script").textContent);
  for (const [name, data] of Object.entries(spec.datasets)) {
    if (!Array.isArray(data)) spec.datasets[name] = records(data);
  }
  const plot = figure.querySelector(".plot");
  const follows = spec.width === "container";  // else the width is set here, and anew with the window
  const width = () => Math.max(plot.clientWidth - ROOM, 120);
  if (!follows) spec.width = width();
  const {view} = await vegaEmbed(plot, spec, {
    ast: true,  // expressions are interpreted: the page's policy forbids making code from text
    renderer: "svg",
    bind: figure.querySelector(".controls"),
    actions: {export: true, source: false, compiled: false, editor: false},
    downloadFileName: figure.dataset.chart,
  });
  if (!follows) window.addEventListener("resize", () => view.width(width()).runAsync());
  define(view, definitions, figure.querySelector(".definition"));
  figure.dataset.drawn = "yes";
}

async function drawAll() {
  for (const figure of document.querySelectorAll("figure[data-chart]")) await draw(figure);
  const used = document.getElementById("chart-versions");
  used.textContent = `Vega ${vega.version}, Vega-Lite ${vegaLite.version}, Vega-Embed ${vegaEmbed.version}`;
  document.body.dataset.drawn = "yes";
}

drawAll();
