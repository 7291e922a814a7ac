/** What a Dockerfile says. */
import { Copy, DockerfileParser } from 'dockerfile-ast';

/** Sources of COPY and ADD that lie in the build's folder, and not in another stage. */
export function copiedSources(text: string): readonly string[] {
  const copies = DockerfileParser.parse(text)
    .getInstructions()
    .filter((instruction) => ['COPY', 'ADD'].includes(instruction.getKeyword()))
    .filter((instruction) => !(instruction instanceof Copy) || instruction.getFromFlag() === null);
  return copies.flatMap((copy) =>
    copy
      .getArguments()
      .slice(0, -1)
      .map((argument) => argument.getValue()),
  );
}

/** The commands of its RUNs, in order, of the first stage, which builds. */
export function buildCommands(text: string): readonly string[] {
  const [, build = ''] = text.split(/^(?=FROM )/m);
  return DockerfileParser.parse(build)
    .getInstructions()
    .flatMap((instruction) => (instruction.getKeyword() === 'RUN' ? [instruction.getArgumentsContent() ?? ''] : []));
}
