// The worker's entry. No other file may import it, nor share a chunk with it: WebKit runs an entry a second time when a
// chunk imports it, and the second engine would know nothing of the models that the first one has open.
import './start-engine.ts';
