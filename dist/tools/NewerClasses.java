/// Rewrites the classes of a jar that were compiled for Java 5 or before as such of Java 8, which differ from them
/// in nothing but that they say what is on the stack where branches meet. Java verifies the old ones in its own
/// way, each time they are loaded, and takes none of them into a cache: with picocli's, that is most of what the
/// client does until it asks the daemon.
///
/// Called by bin/dist, with the jar.
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;

static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

void main(String[] words) throws Exception {
    Path jar = Path.of(words[0]);
    Path rewritten = Path.of(words[0] + ".rewritten");
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
            var from = new ZipFile(jar.toFile());
            var to = new ZipOutputStream(Files.newOutputStream(rewritten))) {
        ClassFile format = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(loader)));
        for (ZipEntry entry : Collections.list(from.entries())) {
            byte[] bytes = from.getInputStream(entry).readAllBytes();
            ZipEntry copy = new ZipEntry(entry.getName());
            copy.setLastModifiedTime(entry.getLastModifiedTime());
            to.putNextEntry(copy);
            to.write(entry.getName().endsWith(".class") ? newer(format, entry.getName(), bytes) : bytes);
        }
    }
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
}

byte[] newer(ClassFile format, String name, byte[] bytes) {
    ClassModel old = format.parse(bytes);
    if (old.majorVersion() >= FIRST_WITH_STACK_MAPS) {
        return bytes;
    }
    ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    byte[] newer = format.transformClass(old, bodies.andThen((builder, element) -> {
        if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
        } else {
            builder.with(element);
        }
    }));
    List<VerifyError> errors = format.verify(newer);
    if (!errors.isEmpty()) {
        throw new IllegalStateException(name + " cannot be rewritten", errors.getFirst());
    }
    return newer;
}
