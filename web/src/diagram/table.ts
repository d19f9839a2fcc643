/** The numbers of a diagram as a table: for whoever reads better than they see, and for exact values. */

/** More rows than this would slow the page down. */
const MAX_ROWS = 2_000;

interface Numbers {
  columns: string[];
  rows: string[][];
}

/** A closed table, filled when it is opened first; null where `json` holds none. */
export function tableElement(json: string): HTMLElement | null {
  const numbers = read(json);
  if (numbers === null) return null;
  const details = document.createElement('details');
  details.className = 'diagram-table';
  const summary = document.createElement('summary');
  summary.textContent = 'Numbers as a table';
  details.append(summary);
  details.addEventListener(
    'toggle',
    () => {
      details.append(build(numbers));
    },
    { once: true },
  );
  return details;
}

function read(json: string): Numbers | null {
  try {
    const value = JSON.parse(json) as Partial<Numbers> | null;
    const isRow = (row: unknown): row is string[] =>
      Array.isArray(row) && row.every((each) => typeof each === 'string');
    if (!isRow(value?.columns) || !Array.isArray(value.rows) || !value.rows.every(isRow)) {
      return null;
    }
    return { columns: value.columns, rows: value.rows.slice(0, MAX_ROWS) };
  } catch {
    return null;
  }
}

function build({ columns, rows }: Numbers): HTMLElement {
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const text of columns) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = text;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const texts of rows) {
    const row = body.insertRow();
    for (const text of texts) row.insertCell().textContent = text;
  }
  const scroller = document.createElement('div');
  scroller.className = 'diagram-table-rows';
  scroller.tabIndex = 0;
  scroller.append(table);
  return scroller;
}
