/** What a cell is doing, or how its last run ended: the value of its `data-state`. */
export type CellState = 'idle' | 'queued' | 'running' | 'done' | 'error' | 'stopped';
