/** The worker of the app: the engine of the package, and nothing else. */

import "geras/dist/worker.js";
