import countersign = require('countersign');
export const ready: Promise<void> = countersign.init();
