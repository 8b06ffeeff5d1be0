import type { LeanRuntime, Obj } from '../../runtime/types.ts';

/* ContextInfo {CommandContextInfo, parentDecl?, ..};
   CommandContextInfo {env, cmdEnv?, fileMap, mctx, options, currNamespace, openDecls, ngen}. */
const COMMAND = 0;
const FILE_MAP = 2;
const MCTX = 3;
const NAME_GENERATOR = 7;
/* NameGenerator {namePrefix, idx}. */
const PREFIX = 0;
const INDEX = 1;

/** Reads `Lean.Elab.ContextInfo`s (borrowed). What is made is held. */
export function createContextInfos(lean: LeanRuntime) {
  const command = (info: Obj) => lean.field(info, COMMAND);
  const change = (info: Obj, field: number, value: Obj): Obj =>
    lean.hold(lean.withField(info, COMMAND, lean.withField(command(info), field, value)));

  return {
    mctx: (info: Obj): Obj => lean.field(command(info), MCTX),
    fileMap: (info: Obj): Obj => lean.field(command(info), FILE_MAP),
    withMctx: (info: Obj, mctx: Obj): Obj => change(info, MCTX, lean.inc(mctx)),
    /** Names made from here on differ from those that the elaborator made behind the saved point. */
    withChildNames: (info: Obj): Obj => {
      const generator = lean.field(command(info), NAME_GENERATOR);
      const prefix = lean.W('l_Lean_Name_num___override')(
        lean.inc(lean.field(generator, PREFIX)),
        lean.inc(lean.field(generator, INDEX)),
      );
      return change(info, NAME_GENERATOR, lean.ctor(0, [prefix, lean.box(1)]));
    },
  };
}
