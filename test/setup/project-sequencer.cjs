const { default: Sequencer } = require('@jest/test-sequencer');

/** Project by project, in the order of jest.config.cjs; within one, jest's own order (failed last time first, then longest). */
module.exports = class ProjectSequencer extends Sequencer {
  constructor(options) {
    super(options);
    const { projects } = require('../../jest.config.cjs');
    this.order = projects.map(({ displayName }) => displayName);
  }

  sort(tests) {
    const rank = (test) => this.order.indexOf(test.context.config.displayName?.name);
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
