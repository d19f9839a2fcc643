/** An exercise below its cell: the check, hints one at a time, and the solution on request. */

import { html, nothing, render } from 'lit';
import type { PyCell } from '../cell/cell';
import type { Notebook, Verdict } from '../notebook';
import { Progress } from './progress';
import { wording } from '../wording';

/** Opens all exercises of the page, and says at its top how many are solved. */
export function openExercises(notebook: Notebook): void {
  const sections = [...document.querySelectorAll<HTMLElement>('.exercise')];
  if (sections.length === 0) return;
  const progress = new Progress(document.body.dataset.name ?? '');
  for (const section of sections) openExercise(section, notebook, progress);
  showProgress(
    sections.map((section) => section.dataset.cell ?? ''),
    progress,
  );
}

function openExercise(section: HTMLElement, notebook: Notebook, progress: Progress): void {
  const cell = document.querySelector<PyCell>(`py-cell#${section.dataset.cell ?? ''}`);
  const actions = section.querySelector<HTMLElement>('.exercise-actions');
  const data = section.querySelector('.exercise-check')?.textContent;
  if (cell === null || actions === null || !data) return;
  const source = JSON.parse(data) as string;
  let words = '';
  let checking = false;

  const check = async (): Promise<void> => {
    checking = true;
    words = 'Checking…';
    draw();
    const verdict = await notebook.check(cell, source);
    checking = false;
    words = wordsFor(verdict);
    if (verdict.kind === 'right') progress.setSolved(cell.id);
    draw();
  };
  const draw = (): void => {
    render(
      html`<button
          type="button"
          aria-disabled=${checking ? 'true' : nothing}
          @click=${() => {
            if (!checking) void check();
          }}
        >
          Check
        </button>
        <span class="exercise-solved"
          >${wording(progress.isSolved(cell.id) ? '✓ Solved' : '')}</span
        >
        <p class="exercise-verdict" aria-live="polite">${wording(words)}</p>`,
      actions,
    );
  };
  progress.onChange(draw);
  draw();
  openHints(section);
  openSolution(section, cell);
}

function wordsFor(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'right':
      return 'Right. The check has passed.';
    case 'wrong':
      return `Not yet. ${verdict.words}`;
    case 'unfinished':
      return 'Your code did not run to its end, so it could not be checked.';
  }
}

/** Shows a hint only when the one before it has been read. */
function openHints(section: HTMLElement): void {
  const hints = [...section.querySelectorAll<HTMLDetailsElement>('.exercise-hint')];
  hints.forEach((hint, index) => {
    const next = hints[index + 1];
    if (next === undefined) return;
    hint.addEventListener('toggle', () => {
      if (hint.open) next.classList.add('is-due');
    });
  });
}

function openSolution(section: HTMLElement, cell: PyCell): void {
  const solution = section.querySelector('.exercise-solution');
  const code = solution?.querySelector('code')?.textContent;
  if (!solution || code === undefined) return;
  const place = document.createElement('p');
  render(
    html`<button
      type="button"
      @click=${() => {
        cell.showSolution(code.trimEnd());
      }}
    >
      Put it into the cell
    </button>`,
    place,
  );
  solution.append(place);
}

function showProgress(exercises: string[], progress: Progress): void {
  const place = document.getElementById('exercise-progress');
  if (place === null) return;
  const draw = (): void => {
    const solved = exercises.filter((each) => progress.isSolved(each)).length;
    render(
      html`<span>${wording(`${solved} of ${exercises.length} exercises solved`)}</span> ${
          solved === 0
            ? nothing
            : html`<button
                type="button"
                class="quiet"
                @click=${() => {
                  progress.clear(exercises);
                }}
              >
                Clear
              </button>`
        }`,
      place,
    );
  };
  progress.onChange(draw);
  draw();
}
