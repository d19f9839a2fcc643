/** The numbers of a diagram as a table: for whoever reads better than they see, and for exact values. */

/** More rows than this would slow the page down. */
const MAX_ROWS = 2_000;
const MAX_CELLS = 10_000;

interface Numbers {
  columns: string[];
  rows: string[][];
}

/** A closed table, built when it is open; unseen while there are no numbers. */
export class NumbersTable {
  readonly element: HTMLDetailsElement;
  #numbers: Numbers | null = null;

  /** @param built the table that the builder wrote, if this element is one: it stays until numbers come. */
  constructor(built: Element | null = null) {
    if (built instanceof HTMLDetailsElement && built.classList.contains('diagram-table')) {
      this.element = built;
    } else {
      this.element = document.createElement('details');
      this.element.className = 'diagram-table';
      this.element.hidden = true;
    }
    this.element.addEventListener('toggle', () => {
      this.#build();
    });
  }

  /** Shows the numbers in `json` from now on; what is none changes nothing. */
  set(json: string | undefined): void {
    const numbers = json === undefined ? null : read(json);
    if (numbers === null) return;
    this.#numbers = numbers;
    this.element.hidden = false;
    this.#build();
  }

  #build(): void {
    if (this.#numbers === null) return;
    const summary = this.element.querySelector('summary') ?? document.createElement('summary');
    summary.textContent = 'Numbers as a table';
    const rows = this.element.open ? [build(this.#numbers)] : [];
    this.element.replaceChildren(summary, ...rows);
  }
}

function read(json: string): Numbers | null {
  try {
    const value = JSON.parse(json) as Partial<Numbers> | null;
    const isRow = (row: unknown): row is string[] =>
      Array.isArray(row) && row.every((each) => typeof each === 'string');
    if (!isRow(value?.columns) || !Array.isArray(value.rows) || !value.rows.every(isRow)) {
      return null;
    }
    const { columns, rows } = value;
    const widest = Math.max(1, columns.length, ...rows.slice(0, MAX_ROWS).map((row) => row.length));
    return { columns, rows: rows.slice(0, Math.min(MAX_ROWS, Math.floor(MAX_CELLS / widest))) };
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
