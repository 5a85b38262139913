// What runs against the portal as `npm run dev` starts it, in this order: to
// start it and to compile its frontend takes longer than most tests.
import './demoService.mjs';
import './createService.mjs';
