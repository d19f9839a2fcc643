/** Wires the page: cells, runtime, status. */

import './styles/main.css';
import { runtimeAssets, siteRoot } from './assets';
import { PyCell } from './cell/cell';
import { openOneByOne } from './cell/one-by-one';
import { openExercises } from './exercise/exercise';
import { openGallery } from './gallery';
import { Notebook } from './notebook';
import { keepSite } from './offline/offline';
import { Opening } from './opening/opening';
import { openPlay, OWN } from './play';
import { start } from './runtime/start';
import { openSearchButton } from './search/button';
import { openSections } from './sections';
import { StatusBar } from './status';
import { openThemeChoice } from './theme';

function openNotebook(): void {
  const assets = runtimeAssets();
  const cells = [...document.querySelectorAll('py-cell')];
  const [first] = cells;
  if (assets === null || first === undefined) return;
  const runtime = start(assets);
  keepSite(siteRoot(), runtime);
  const isPlay = document.body.dataset.kind === 'play';
  const status: StatusBar = new StatusBar({
    ...(cells.length > 1 && { onRunAll: () => void notebook.runAll() }),
    onRestart: () => {
      notebook.restart();
    },
    onRetry: () => {
      runtime.retry();
    },
  });
  const notebook = new Notebook(cells, runtime, (title) => {
    status.setRunning(title);
  });
  for (const cell of cells) cell.connect(notebook, isPlay ? OWN : undefined);
  void openOneByOne(cells);
  openExercises(notebook);
  if (isPlay) void openPlay(first);
  runtime.subscribe((state) => {
    status.setState(state);
  });
}

customElements.define('py-cell', PyCell);
const themeChoice = document.getElementById('theme-choice');
if (themeChoice !== null) openThemeChoice(themeChoice);
openSections();
const opening = document.getElementById('opening');
if (opening !== null) new Opening(opening);
const searchButton = document.getElementById('search-button');
if (searchButton !== null) openSearchButton(searchButton);
const tagFilter = document.getElementById('tag-filter');
if (tagFilter !== null) openGallery(tagFilter);
openNotebook();
// It says that this script has not started; a fault until here leaves it there.
document.getElementById('unopened')?.remove();
