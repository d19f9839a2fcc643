/** The form with which `input()` asks the reader. */

/** What a reader writes in: the focus is not taken out of it in the middle of a sentence. */
const WRITING =
  '[contenteditable="true"], textarea, select, input:not([type="range"], [type="checkbox"])';

/** Adds the form to `region`; `answer` is called once. */
export function question(
  region: HTMLElement,
  prompt: string,
  answer: (text: string) => void,
): void {
  const form = document.createElement('form');
  form.className = 'py-input';
  const label = document.createElement('label');
  label.textContent = prompt || 'The program asks for input:';
  const field = document.createElement('input');
  field.autocomplete = 'off';
  field.setAttribute('autocapitalize', 'off');
  field.spellcheck = false;
  label.append(field);
  const send = document.createElement('button');
  send.textContent = 'Answer';
  form.append(label, send);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    form.remove();
    // The focus must not get lost with the field.
    region.tabIndex = -1;
    region.focus();
    answer(field.value);
  });
  region.append(form);
  if (!isWriting()) field.focus();
}

/** Whether the reader is writing somewhere, in a shadow root such as an editor's too. */
function isWriting(): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused?.matches(WRITING) === true;
}
