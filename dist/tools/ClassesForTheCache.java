/// Rewrites classes of jars, without changing what they do, so that a cache can hold what a start needs:
///
/// - What was compiled for Java 5 or before becomes a class of Java 8, which differs in nothing but that it says what
///   is on the stack where branches meet. Java verifies the old ones in its own way, each time they are loaded, and
///   takes none of them into a cache: with picocli's, that is most of what the client does until it asks the daemon.
/// - A switch over patterns, and what makes a record equal to another, ask Java to make a class when they are first
///   run, which no cache holds. They become methods of the class itself.
/// - jffi and Netty ask for classes that are not there: one that Java has not had since 8, and the flight recorder. To
///   say no, Java reads the directory of each jar. What they make of it is put in the place of the question.
/// - Jackson's parser has four bounds of numbers ready as a BigDecimal. The first of those that there is has Java work
///   out 5 to the power of 65,536, for 15 ms. They are made where they are used, which is for numbers with a fraction.
///
/// Called by bin/dist, with a directory of jars and the names of those in it that are to be rewritten.
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;

static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

/// jffi looks for a method of it, and there is none in this one.
static final Map<String, String> IN_THE_PLACE_OF = Map.of("sun.misc.Cleaner", "java.lang.Object");

static final ClassDesc FLIGHT_RECORDER = ClassDesc.of("jdk.jfr.FlightRecorder");
static final Set<String> ASK_FOR_WHAT_IS_NOT_THERE =
        Set.of("com/kenai/jffi/internal/Cleaner.class", "io/netty/util/internal/PlatformDependent.class");

static final String MAKES_BOUNDS = "com/fasterxml/jackson/core/base/ParserMinimalBase.class";
static final String USES_BOUNDS = "com/fasterxml/jackson/core/base/ParserBase.class";
static final ClassDesc DECIMAL = ClassDesc.of("java.math.BigDecimal");
static final ClassDesc WHOLE = ClassDesc.of("java.math.BigInteger");

void main(String[] words) throws Exception {
    Path directory = Path.of(words[0]);
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.jar")) {
        for (Path jar : all) {
            jars.add(jar.toUri().toURL());
        }
    }
    try (var loader = new URLClassLoader(jars.toArray(URL[]::new))) {
        ClassFile format =
                ClassFile.of(ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(loader)));
        for (String name : List.of(words).subList(1, words.length)) {
            rewrite(format, directory.resolve(name));
        }
    }
}

void rewrite(ClassFile format, Path jar) throws IOException {
    Path rewritten = Path.of(jar + ".rewritten");
    try (var from = new ZipFile(jar.toFile());
            var to = new ZipOutputStream(Files.newOutputStream(rewritten))) {
        for (ZipEntry entry : Collections.list(from.entries())) {
            byte[] bytes = from.getInputStream(entry).readAllBytes();
            ZipEntry copy = new ZipEntry(entry.getName());
            copy.setLastModifiedTime(entry.getLastModifiedTime());
            to.putNextEntry(copy);
            to.write(entry.getName().endsWith(".class") ? rewritten(format, entry.getName(), bytes) : bytes);
        }
    }
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
}

byte[] rewritten(ClassFile format, String name, byte[] bytes) {
    ClassModel old = format.parse(bytes);
    byte[] rewritten;
    if (old.majorVersion() < FIRST_WITH_STACK_MAPS) {
        rewritten = format.withOptions(StackMapsOption.GENERATE_STACK_MAPS).transformClass(old, newer());
    } else if (ASK_FOR_WHAT_IS_NOT_THERE.contains(name)) {
        rewritten = format.transformClass(old, answered());
    } else if (name.equals(MAKES_BOUNDS)) {
        rewritten = format.transformClass(old, noBounds());
    } else if (name.equals(USES_BOUNDS)) {
        rewritten = format.transformClass(old, boundsOfTheirOwn());
    } else if (old.methods().stream().anyMatch(method -> madeAtRunTime(method))) {
        rewritten = format.transformClass(old, new Plainly(old));
    } else {
        return bytes;
    }
    List<VerifyError> errors = format.verify(rewritten);
    if (!errors.isEmpty()) {
        throw new IllegalStateException(name + " cannot be rewritten", errors.getFirst());
    }
    return rewritten;
}

ClassTransform newer() {
    return ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen((builder, element) -> {
        if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
        } else {
            builder.with(element);
        }
    });
}

ClassTransform answered() {
    return ClassTransform.transformingMethodBodies((code, element) -> {
        switch (element) {
            case LoadConstantInstruction load when load.constantValue() instanceof String text ->
                code.loadConstant(IN_THE_PLACE_OF.getOrDefault(text, text));
            case InvokeInstruction call when call.owner().asSymbol().equals(FLIGHT_RECORDER) -> code.iconst_0();
            default -> code.with(element);
        }
    });
}

/// Where the bounds are made: null is put there instead.
ClassTransform noBounds() {
    return ClassTransform.transformingMethodBodies((code, element) -> {
        switch (element) {
            case NewObjectInstruction made when made.className().asSymbol().equals(DECIMAL) -> code.aconst_null();
            case InvokeInstruction call when call.owner().asSymbol().equals(DECIMAL) -> code.pop2();
            default -> code.with(element);
        }
    });
}

/// Where they are used: each is made of the whole number that is named alike.
ClassTransform boundsOfTheirOwn() {
    return ClassTransform.transformingMethodBodies((code, element) -> {
        if (element instanceof FieldInstruction field && field.name().stringValue().startsWith("BD_")) {
            String whole = "BI_" + field.name().stringValue().substring("BD_".length());
            code.new_(DECIMAL).dup().getstatic(field.owner().asSymbol(), whole, WHOLE);
            code.invokespecial(DECIMAL, "<init>", MethodTypeDesc.of(ConstantDescs.CD_void, WHOLE));
        } else {
            code.with(element);
        }
    });
}

static boolean madeAtRunTime(MethodModel method) {
    return method.code().stream().flatMap(CodeModel::elementStream).anyMatch(element -> plainly(element).isPresent());
}

/// The body of a static method that does what this call does, if that is one that can be said plainly. (Switches with
/// other labels than types, and the text of records, are left as they are.)
static Optional<Consumer<CodeBuilder>> plainly(CodeElement element) {
    if (!(element instanceof InvokeDynamicInstruction call)) {
        return Optional.empty();
    }
    List<ConstantDesc> arguments = call.bootstrapArgs();
    return switch (call.bootstrapMethod().owner().displayName() + " " + call.name()) {
        case "SwitchBootstraps typeSwitch" ->
            arguments.stream().allMatch(label -> label instanceof ClassDesc)
                    ? Optional.of(code -> typeSwitch(code, arguments))
                    : Optional.empty();
        case "ObjectMethods equals" -> Optional.of(code -> equality(code, arguments));
        case "ObjectMethods hashCode" -> Optional.of(code -> hashCode(code, arguments));
        default -> Optional.empty();
    };
}

/// As in [java.lang.runtime.SwitchBootstraps#typeSwitch]: the index of the first label from the given one that the
/// object is an instance of, their number if there is none, -1 for null.
static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    for (int i = 0; i < labels.size(); i++) {
        Label next = code.newLabel();
        code.iload(1).loadConstant(i).if_icmpgt(next);
        code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
        code.loadConstant(i).ireturn();
        code.labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
}

/// As in [java.lang.runtime.ObjectMethods], whose arguments are the record, the names and a getter of each component.
static void equality(CodeBuilder code, List<ConstantDesc> arguments) {
    ClassDesc type = (ClassDesc) arguments.getFirst();
    Label differs = code.newLabel();
    code.aload(1).instanceOf(type).ifeq(differs);
    for (ConstantDesc argument : arguments.subList(2, arguments.size())) {
        DirectMethodHandleDesc getter = (DirectMethodHandleDesc) argument;
        ClassDesc component = getter.invocationType().returnType();
        code.aload(0).getfield(type, getter.methodName(), component);
        code.aload(1).checkcast(type).getfield(type, getter.methodName(), component);
        switch (TypeKind.from(component)) {
            case INT, SHORT, CHAR, BYTE, BOOLEAN -> code.if_icmpne(differs);
            case LONG -> code.lcmp().ifne(differs);
            case FLOAT, DOUBLE ->
                code.invokestatic(box(component), "compare", of("int", component, component))
                        .ifne(differs);
            default -> code.invokestatic(OBJECTS, "equals", of("boolean", ANY, ANY)).ifeq(differs);
        }
    }
    code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
}

static void hashCode(CodeBuilder code, List<ConstantDesc> arguments) {
    ClassDesc type = (ClassDesc) arguments.getFirst();
    code.iconst_0();
    for (ConstantDesc argument : arguments.subList(2, arguments.size())) {
        DirectMethodHandleDesc getter = (DirectMethodHandleDesc) argument;
        ClassDesc component = getter.invocationType().returnType();
        code.bipush(31).imul().aload(0).getfield(type, getter.methodName(), component);
        if (component.isPrimitive()) {
            code.invokestatic(box(component), "hashCode", of("int", component));
        } else {
            code.invokestatic(OBJECTS, "hashCode", of("int", ANY));
        }
        code.iadd();
    }
    code.ireturn();
}

static final ClassDesc ANY = ConstantDescs.CD_Object;
static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

static MethodTypeDesc of(String answers, ClassDesc... takes) {
    return MethodTypeDesc.of(answers.equals("int") ? ConstantDescs.CD_int : ConstantDescs.CD_boolean, takes);
}

static ClassDesc box(ClassDesc primitive) {
    return switch (primitive.displayName()) {
        case "int" -> ConstantDescs.CD_Integer;
        case "char" -> ConstantDescs.CD_Character;
        case String name -> ClassDesc.of("java.lang." + Character.toUpperCase(name.charAt(0)) + name.substring(1));
    };
}

/// Calls that have Java make a class become calls of methods of this class.
static final class Plainly implements ClassTransform {
    private final ClassModel rewritten;
    private final List<InvokeDynamicInstruction> calls = new ArrayList<>();

    Plainly(ClassModel rewritten) {
        this.rewritten = rewritten;
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
        if (element instanceof MethodModel method && madeAtRunTime(method)) {
            builder.transformMethod(method, MethodTransform.transformingCode(this::call));
        } else {
            builder.with(element);
        }
    }

    private void call(CodeBuilder code, CodeElement element) {
        if (plainly(element).isPresent()) {
            InvokeDynamicInstruction call = (InvokeDynamicInstruction) element;
            boolean isInterface = rewritten.flags().has(AccessFlag.INTERFACE);
            code.invokestatic(rewritten.thisClass().asSymbol(), name(calls.size()), call.typeSymbol(), isInterface);
            calls.add(call);
        } else {
            code.with(element);
        }
    }

    @Override
    public void atEnd(ClassBuilder builder) {
        int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
        for (int i = 0; i < calls.size(); i++) {
            InvokeDynamicInstruction call = calls.get(i);
            builder.withMethodBody(
                    name(i), call.typeSymbol(), flags, code -> plainly(call).orElseThrow().accept(code));
        }
    }

    private static String name(int index) {
        return "plainly$" + index;
    }
}
