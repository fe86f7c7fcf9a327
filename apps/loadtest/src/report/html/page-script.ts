/** What the page does: a switch between light and dark, and a readout under the pointer. Everything is readable without it. */
export const PAGE_SCRIPT = `
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const button = document.querySelector('[data-switch]');
  const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const name = () => { button.textContent = isDark() ? 'Light' : 'Dark'; };
  button.hidden = false;
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; name(); });
  dark.addEventListener('change', name);
  name();

  for (const figure of document.querySelectorAll('[data-chart]')) {
    const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    const readout = figure.querySelector('.readout');
    const plot = figure.querySelector('.plot');
    const lines = figure.querySelectorAll('.crosshair');
    const hide = () => {
      readout.hidden = true;
      for (const line of lines) line.style.visibility = 'hidden';
    };
    const show = (svg, event) => {
      const box = svg.getBoundingClientRect();
      const scale = svg.viewBox.baseVal.width / box.width;
      const [left, right] = [Number(svg.dataset.left), Number(svg.dataset.right)];
      const place = ((event.clientX - box.left) * scale - left) / (right - left);
      if (place < -0.02 || place > 1.02 || data.x.length === 0) return hide();
      let nearest = 0;
      for (let index = 1; index < data.x.length; index++)
        if (Math.abs(data.x[index] - place) < Math.abs(data.x[nearest] - place)) nearest = index;
      const at = left + data.x[nearest] * (right - left);
      const line = svg.querySelector('.crosshair');
      line.setAttribute('x1', at);
      line.setAttribute('x2', at);
      line.style.visibility = 'visible';
      const title = document.createElement('b');
      title.textContent = data.titles[nearest];
      const rows = data.series.map((series) => {
        const row = document.createElement('div');
        const swatch = document.createElement('i');
        swatch.className = 'swatch ' + series.look;
        const label = document.createElement('span');
        label.textContent = series.name + ' ';
        row.append(swatch, label, series.texts[nearest]);
        return row;
      });
      readout.replaceChildren(title, ...rows);
      readout.hidden = false;
      const x = at / scale;
      const width = readout.offsetWidth;
      readout.style.left = Math.max(0, Math.min(plot.clientWidth - width, x + 14 + width > plot.clientWidth ? x - width - 14 : x + 14)) + 'px';
    };
    for (const svg of figure.querySelectorAll('svg.chart')) {
      svg.addEventListener('pointermove', (event) => show(svg, event));
      svg.addEventListener('pointerleave', hide);
    }
  }
})();
`;
