import { nameParts } from '../../src/lean-text/names.ts';

/** Name of a constant as an expression that no opened namespace and no notation can bend. */
const nameTerm = (name: string): string =>
  nameParts(name).reduce(
    (prefix, part) => `(_root_.Lean.Name.mkStr ${prefix} ${JSON.stringify(part)})`,
    '_root_.Lean.Name.anonymous',
  );

/**
 * A command that logs, as one JSON object, what Lean knows of a theorem: kind, type, the constants of the file that
 * the type stands on, axioms. It needs `Lean` imported. Every name is written from `_root_`, since it runs in the
 * scope that the theorem was declared in. Types are printed in a form of our own without binder names, which Lean
 * makes up differently from one elaboration to the next; all else of an `Expr` is in it.
 */
export const auditScript = (name: string, nonce: string): string => `run_cmd (do
  let info : _root_.Lean.BinderInfo → _root_.String := fun b => match b with
    | .default => " " | .implicit => "{} " | .strictImplicit => "{{}} " | .instImplicit => "[] "
  let rec lvl : _root_.Lean.Level → _root_.String
    | .zero => "0"
    | .succ u => "S" ++ lvl u
    | .max u v => "(max " ++ lvl u ++ " " ++ lvl v ++ ")"
    | .imax u v => "(imax " ++ lvl u ++ " " ++ lvl v ++ ")"
    | .param n => "(u " ++ _root_.String.quote (_root_.Lean.Name.toString n) ++ ")"
    | .mvar _ => "?u"
  let rec render : _root_.Lean.Expr → _root_.String
    | .bvar i => "#" ++ _root_.Nat.repr i
    | .fvar _ => "?fvar"
    | .mvar _ => "?mvar"
    | .sort u => "(Sort " ++ lvl u ++ ")"
    | .const n us => "(const " ++ _root_.String.quote (_root_.Lean.Name.toString n) ++ _root_.List.foldl (fun s u => s ++ " " ++ lvl u) "" us ++ ")"
    | .app f a => "(" ++ render f ++ " " ++ render a ++ ")"
    | .lam _ t b bi => "(fun" ++ info bi ++ render t ++ " " ++ render b ++ ")"
    | .forallE _ t b bi => "(all" ++ info bi ++ render t ++ " " ++ render b ++ ")"
    | .letE _ t v b nd => "(let" ++ (if nd then "! " else " ") ++ render t ++ " " ++ render v ++ " " ++ render b ++ ")"
    | .lit (.natVal n) => "(nat " ++ _root_.Nat.repr n ++ ")"
    | .lit (.strVal s) => "(str " ++ _root_.String.quote s ++ ")"
    | .mdata _ b => "(mdata " ++ render b ++ ")"
    | .proj n i b => "(proj " ++ _root_.String.quote (_root_.Lean.Name.toString n) ++ " " ++ _root_.Nat.repr i ++ " " ++ render b ++ ")"
  let kindOf : _root_.Lean.ConstantInfo → _root_.String := fun c => match c with
    | .axiomInfo _ => "axiom" | .defnInfo _ => "def" | .thmInfo _ => "theorem" | .opaqueInfo _ => "opaque"
    | .quotInfo _ => "quot" | .inductInfo _ => "inductive" | .ctorInfo _ => "constructor" | .recInfo _ => "recursor"
  let env ← _root_.Lean.MonadEnv.getEnv
  let ns ← _root_.Lean.MonadResolveName.getCurrNamespace
  let root := _root_.Lean.Name.mkSimple "_root_"
  let short := ${nameTerm(name)}
  let plain := if _root_.Lean.Name.isPrefixOf root short then _root_.Lean.Name.replacePrefix short root _root_.Lean.Name.anonymous else _root_.Lean.Name.append ns short
  let target := if _root_.Lean.Environment.contains env plain then plain else _root_.Lean.mkPrivateName env plain
  let isNew := fun n => _root_.Option.isNone (_root_.Lean.Environment.getModuleIdxFor? env n)
  let sorryName := _root_.Lean.Name.mkSimple "sorryAx"
  let str := fun s => _root_.Lean.Json.str s
  let some found := _root_.Lean.Environment.find? env target
    | _root_.Lean.logInfo (_root_.Lean.stringToMessageData (_root_.Lean.Json.compress (_root_.Lean.Json.mkObj [("nonce", str "${nonce}"), ("found", _root_.Lean.Json.bool _root_.Bool.false)])))
  let walk := fun (withProofs : _root_.Bool) (start : _root_.Array _root_.Lean.Name) => (do
    let mut todo := start
    let mut seen : _root_.Lean.NameSet := {}
    let mut reached : _root_.Array _root_.Lean.ConstantInfo := #[]
    while todo.size > 0 do
      let n := todo.back!
      todo := todo.pop
      if seen.contains n || !isNew n then continue
      seen := seen.insert n
      let some c := _root_.Lean.Environment.find? env n | continue
      reached := reached.push c
      todo := todo ++ _root_.Lean.Expr.getUsedConstants c.type
      match c with
      | .defnInfo d => todo := todo ++ _root_.Lean.Expr.getUsedConstants d.value
      | .opaqueInfo d => todo := todo ++ _root_.Lean.Expr.getUsedConstants d.value
      | .thmInfo d => if withProofs then todo := todo ++ _root_.Lean.Expr.getUsedConstants d.value
      | .inductInfo d => todo := todo ++ d.ctors.toArray ++ d.all.toArray
      | .ctorInfo d => todo := todo.push d.induct
      | _ => pure ()
    return reached : _root_.Lean.Elab.Command.CommandElabM (_root_.Array _root_.Lean.ConstantInfo))
  let valueOf : _root_.Lean.ConstantInfo → _root_.Option _root_.Lean.Expr := fun c => match c with
    | .defnInfo d => _root_.Option.some d.value | .opaqueInfo d => _root_.Option.some d.value
    | .thmInfo d => _root_.Option.some d.value | _ => _root_.Option.none
  let below ← walk _root_.Bool.false (_root_.Lean.Expr.getUsedConstants found.type)
  let line := fun (c : _root_.Lean.ConstantInfo) => _root_.Lean.Name.toString c.name ++ " " ++ kindOf c ++ " " ++ _root_.String.intercalate "," (c.levelParams.map fun p => _root_.Lean.Name.toString p) ++ " : " ++ render c.type ++ (match c with | .defnInfo d => " := " ++ render d.value | _ => "")
  let all ← walk _root_.Bool.true #[target]
  let holders := all.filter fun c => (_root_.Lean.Expr.getUsedConstants c.type).contains sorryName || (match valueOf c with | _root_.Option.some v => (_root_.Lean.Expr.getUsedConstants v).contains sorryName | _root_.Option.none => _root_.Bool.false)
  let axioms ← _root_.Lean.collectAxioms target
  let names := fun (ns : _root_.Array _root_.Lean.Name) => _root_.Lean.Json.arr (ns.map fun n => _root_.Lean.Json.str (_root_.Lean.Name.toString n))
  let object := _root_.Lean.Json.mkObj [
    ("nonce", str "${nonce}"),
    ("found", _root_.Lean.Json.bool _root_.Bool.true),
    ("name", str (_root_.Lean.Name.toString target)),
    ("kind", str (kindOf found)),
    ("levels", names found.levelParams.toArray),
    ("type", str (render found.type)),
    ("below", _root_.Lean.Json.arr ((below.qsort fun a b => _root_.Lean.Name.toString a.name < _root_.Lean.Name.toString b.name).map fun c => str (line c))),
    ("sorried", names (holders.map fun c => c.name)),
    ("axioms", names axioms)]
  _root_.Lean.logInfo (_root_.Lean.stringToMessageData (_root_.Lean.Json.compress object)))`;

/** Where `Lean` is not imported: text that Lean prints. The string comes back as a message of its own. */
export const printScript = (name: string, nonce: string): string =>
  [
    `#print "${nonce}"`,
    `set_option pp.all true in set_option pp.maxSteps 100000000 in set_option pp.deepTerms true in #check @${name}`,
    `#print axioms ${name}`,
    `set_option pp.maxSteps 1 in #print ${name}`,
  ].join('\n');
