import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.data.DateData;
import org.javarosa.core.model.data.DecimalData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.utils.DateUtils;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

/** Answers one line on standard output to each line on standard input: the nanoseconds that something took. */
public class JavaRosaBench {
    private static FormEntryController controller;
    private static final Map<String, FormIndex> places = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        PrintStream told = System.out;
        System.setOut(System.err); // JavaRosa talks while it parses
        PrototypeManager.registerPrototypes(JavaRosaCoreModule.classNames);
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] words = line.split("\t");
            told.println(words[0].equals("load") ? load(words[1]) : answer(words[1]));
            told.flush();
        }
    }

    /** Two numbers: from the bytes to the FormDef, and from there to the first event. */
    private static String load(String file) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        long began = System.nanoTime();
        FormDef form = XFormUtils.getFormRaw(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
        long parsed = System.nanoTime();
        form.initialize(true, new InstanceInitializationFactory());
        controller = new FormEntryController(new FormEntryModel(form));
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        controller.stepToNextEvent();
        long ready = System.nanoTime();
        places.clear();
        return (parsed - began) + " " + (ready - parsed);
    }

    /** A number for each answer, in the order of the file (path, kind, text); 0 where it is not asked at that moment. */
    private static String answer(String file) throws Exception {
        if (places.isEmpty()) {
            FormEntryModel model = controller.getModel();
            FormIndex at = FormIndex.createBeginningOfFormIndex();
            for (at = model.incrementIndex(at); !at.isEndOfFormIndex(); at = model.incrementIndex(at)) {
                places.put(at.getReference().toString(false), at);
            }
        }
        List<String> lines = Files.readAllLines(Path.of(file));
        StringBuilder took = new StringBuilder();
        for (String line : lines) {
            String[] words = line.split("\t");
            FormIndex place = places.get(words[0]);
            if (!controller.getModel().isIndexRelevant(place)) {
                took.append("0 "); // nobody is asked
                continue;
            }
            IAnswerData data = data(words[1], words[2]);
            long began = System.nanoTime();
            int outcome = controller.answerQuestion(place, data, true);
            long ended = System.nanoTime();
            if (outcome != FormEntryController.ANSWER_OK) {
                throw new IllegalStateException(words[0] + " was refused");
            }
            took.append(ended - began).append(' ');
        }
        return took.toString().trim();
    }

    private static IAnswerData data(String kind, String text) {
        switch (kind) {
            case "int":
                return new IntegerData(Integer.parseInt(text));
            case "decimal":
                return new DecimalData(Double.parseDouble(text));
            case "date":
                return new DateData(DateUtils.parseDate(text));
            case "choice":
            case "yes_no":
                return new SelectOneData(new Selection(text));
            case "choices":
                return new MultipleItemsData(java.util.Arrays.stream(text.split(" ")).map(Selection::new).toList());
            default:
                return new StringData(text);
        }
    }
}
