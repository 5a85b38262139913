// Makes `yarn dev` and `yarn test` work in a fresh clone: Yarn itself refuses to
// run a script before an install, and these two install what is missing.
const { spawn } = require('child_process');

module.exports = {
  name: 'plugin-cloudtrace',
  factory: require => {
    const { BaseCommand } = require('@yarnpkg/cli');
    const { Option } = require('clipanion');
    const { npath, ppath } = require('@yarnpkg/fslib');
    const { Configuration } = require('@yarnpkg/core');

    const command = (name, scriptName) =>
      class extends BaseCommand {
        static paths = [[name]];
        args = Option.Proxy();
        async execute() {
          const configuration = await Configuration.find(
            this.context.cwd,
            this.context.plugins,
          );
          const script = npath.fromPortablePath(
            ppath.join(configuration.projectCwd, 'scripts', scriptName),
          );
          const child = spawn(process.execPath, [script, ...this.args], {
            stdio: 'inherit',
            cwd: npath.fromPortablePath(this.context.cwd),
          });
          // Ctrl-C reaches the child by itself; this process waits for its end.
          const ignore = () => {};
          process.on('SIGINT', ignore);
          process.on('SIGTERM', () => child.kill('SIGTERM'));
          return new Promise(resolve =>
            child.once('exit', code => resolve(code ?? 1)),
          );
        }
      };

    return { commands: [command('dev', 'dev.mjs'), command('test', 'check.mjs')] };
  },
};
