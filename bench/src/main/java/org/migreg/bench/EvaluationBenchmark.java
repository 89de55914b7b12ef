package org.migreg.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.migreg.capture.Capture;
import org.migreg.capture.SaidOfHost;
import org.migreg.evaluation.DestinationSide;
import org.migreg.evaluation.Evaluation;
import org.migreg.evaluation.Evaluator;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.SourceSide;
import org.migreg.format.CaptureFormats;
import org.migreg.format.reading.FileContent;
import org.migreg.policy.EffectivePolicy;
import org.migreg.question.intake.CaptureIntake;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One evaluation of real captured lists with values: what an orchestrator waits for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvaluationBenchmark {

    /** The destination's kernel: the same as the source's, a newer one, and one that refuses the list. */
    @Param({"6.12.107+deb13-arm64", "6.18.15+deb13-arm64", "6.1.0-50-arm64"})
    public String destinationKernel = "6.12.107+deb13-arm64";

    private Capture source = capture("6.12.107+deb13-arm64");
    private Capture destination = source;

    @Setup
    public void read() {
        source = capture("6.12.107+deb13-arm64");
        destination = capture(destinationKernel);
    }

    private static Capture capture(String kernel) {
        String file = "/db/seed/captures/" + kernel + "__neoverse-v1__qemu-host.json";
        try (InputStream content = Objects.requireNonNull(EvaluationBenchmark.class.getResourceAsStream(file), file)) {
            return CaptureIntake.captures(CaptureFormats.open(content).captures(), SaidOfHost.NOTHING)
                    .getFirst()
                    .capture();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Benchmark
    public Evaluation listsAndValues() {
        return evaluate(new LoadBehaviour.XMigProperties(), false);
    }

    @Benchmark
    public Evaluation listsAlone() {
        return evaluate(new LoadBehaviour.XMigProperties(), true);
    }

    private Evaluation evaluate(LoadBehaviour behaviour, boolean listsAlone) {
        var outgoing = listsAlone ? source.registers().withoutValues() : source.registers();
        return Evaluator.evaluate(
                new SourceSide(outgoing, EffectivePolicy.nothing(), true),
                new DestinationSide(
                        destination.registers(),
                        EffectivePolicy.nothing(),
                        behaviour,
                        destination.accelerator(),
                        destination.kernel(),
                        destination.masks(),
                        destination.hardwareNv() == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(destination.hardwareNv())));
    }

    /** What reading a capture costs, as a measure to hold the others against. */
    @Benchmark
    public FileContent readingOneCapture() throws IOException {
        try (InputStream content = Objects.requireNonNull(EvaluationBenchmark.class.getResourceAsStream(
                "/db/seed/captures/6.12.107+deb13-arm64__neoverse-v1__qemu-host.json"))) {
            return CaptureFormats.open(content);
        }
    }
}
